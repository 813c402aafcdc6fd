import { z } from "zod";
import { despiteOtherIssues, distinct, distinctBy, nonEmptyText, oneOf } from "../../core/checks";
import { controlArgs } from "../../core/controls";
import { argsOf, keyed } from "../../core/schema";
import type { EmailArgs, PersonNameArgs, UserArgs } from "../user.args";
import { storedNameArg, userStoreArg } from "../user-stores";
import { isObject } from "../wire";

const address = nonEmptyText.regex(/^[^\s@]+@[^\s@]+$/, "is no e-mail address, such as `kim@example.com`");

const emails = z
  .array(
    argsOf<EmailArgs>()({
      value: address,
      type: oneOf(["work", "home"]).optional(),
      primary: z.boolean().optional(),
    }),
  )
  .superRefine(distinctBy("value"))
  .superRefine((all, ctx) => {
    all.forEach(({ type, primary }, i) => {
      const before = all.slice(0, i);
      if (before.some((other) => other.type === type)) {
        const message =
          type === undefined
            ? "there is one address without a type, and this is the second; give it a `type`, or remove one of them"
            : `there is one address of the type \`${type}\`, and this is the second; remove one of them`;
        ctx.addIssue({ code: "custom", path: [i], message });
      }
      if (primary === true && before.some((other) => other.primary === true)) {
        const message = "one address is the primary one, and this is the second; take `primary` out of one of them";
        ctx.addIssue({ code: "custom", path: [i, "primary"], message });
      }
    });
  });

export const emailsArg = keyed("type", emails);
export const groupsArg = distinct();

const isThere = (value: unknown) => value !== undefined && value !== null;

function hasOneWayIn(args: unknown): boolean {
  return !isObject(args) || !isThere(args.password) || args.askPassword !== true;
}

function hasPassword(args: unknown): boolean {
  return !isObject(args) || !isThere(args.passwordVersion) || isThere(args.password);
}

function hasAddress(args: unknown): boolean {
  return !isObject(args) || args.askPassword !== true || !isNone(args.emails);
}

function isNone(list: unknown): boolean {
  return !isThere(list) || (Array.isArray(list) && list.length === 0);
}

export const userSchema = argsOf<UserArgs>()({
  userName: storedNameArg("userName"),
  userStore: userStoreArg,
  name: argsOf<PersonNameArgs>()({
    givenName: nonEmptyText.optional(),
    familyName: nonEmptyText.optional(),
  }).optional(),
  emails: emailsArg.optional(),
  password: nonEmptyText.optional(),
  passwordVersion: nonEmptyText.optional(),
  askPassword: z.boolean().optional(),
  groups: groupsArg.optional(),
  ...controlArgs,
})
  .refine(hasOneWayIn, {
    ...despiteOtherIssues,
    path: ["askPassword"],
    error: "is an invitation in the place of a password, and there is one; take `password` or `askPassword` out",
  })
  .refine(hasPassword, {
    ...despiteOtherIssues,
    path: ["passwordVersion"],
    error: "there is no password that it could set again; declare `password`, or take `passwordVersion` out",
  })
  .refine(hasAddress, {
    ...despiteOtherIssues,
    path: ["askPassword"],
    error: "an invitation needs an address to go to; declare it in `emails`",
  });
