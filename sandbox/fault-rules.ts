import { readFileSync } from "node:fs";
import { types } from "node:util";
import { z } from "zod";
import type { FaultRule } from "./models/fault";
import { reasonOf } from "./reason";

/** Rules for faults that cannot be used, in a sentence that names the rule and its member. */
export class FaultsError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "FaultsError";
  }
}

const kinds: readonly FaultRule["kind"][] = [
  "latency",
  "status",
  "flood",
  "reset",
  "truncate",
  "expire-tokens",
  "stale-read",
  "withdraw",
  "disk-full",
  "mutate",
];
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** What a sentence says of a value that is not as it must be. */
function must(be: string) {
  return {
    error: ({ input }: { readonly input?: unknown }) =>
      input === undefined ? `is missing: it must be ${be}` : `must be ${be}`,
  };
}

function whole(least: number, most: number, be = `a whole number from ${least} to ${most}`) {
  return z.int(must(be)).min(least, must(be)).max(most, must(be));
}

const count = (least: number) => whole(least, Number.MAX_SAFE_INTEGER, `a whole number, at least ${least}`);

const aMethod = must(`one of ${methods.join(", ")}`);
const method = z.string(aMethod).refine((name) => methods.includes(name.toUpperCase()), aMethod);

const aPath = must("a path below the tenant that begins with '/', or a regular expression that begins with '^'");
const path = z
  .string(aPath)
  .refine((text) => /^[/^]/.test(text), aPath)
  .refine((text) => !text.startsWith("/t/"), { error: "must not have the tenant: leave '/t/<organization>' out" })
  .refine((text) => !text.startsWith("^") || isExpression(text), { error: "is not a valid regular expression" });

const aChance = must("a number from 0 to 1");
const when = z.enum(["before", "after"], must("'before' or 'after'")).optional();

const choice = {
  method: z.union([method, z.array(method).min(1)], aMethod).optional(),
  path: z.custom<string | RegExp>().superRefine(checkPath).optional(),
  skip: count(0).optional(),
  times: count(1).optional(),
  probability: z.number(aChance).min(0, aChance).max(1, aChance).optional(),
  seed: whole(0, 0xffff_ffff).optional(),
};

const aRetryTime = must("a whole number of seconds, or the text of the header");
const aName = (of: string) =>
  z
    .string(must(`the ${of}`))
    .min(1, must(`the ${of}`))
    .optional();

const rule: z.ZodType<FaultRule> = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ ...choice, kind: z.literal("latency"), milliseconds: whole(0, 3_600_000), when }),
    z
      .strictObject({
        ...choice,
        kind: z.literal("status"),
        status: whole(200, 599),
        retryAfter: z
          .union([z.int().min(0, aRetryTime), z.string().regex(/^[\x21-\x7e][\x20-\x7e]*$/, aRetryTime)], aRetryTime)
          .optional(),
        body: z.enum(["json", "html"], must("'json' or 'html'")).optional(),
        content: z.unknown().superRefine(checkContent).optional(),
        when,
      })
      .refine(({ body, content }) => body !== "html" || content === undefined, {
        path: ["content"],
        error: "must not be given for a body that is 'html'",
      }),
    z.strictObject({ ...choice, kind: z.literal("flood"), bytes: count(2).optional(), when }),
    z.strictObject({ ...choice, kind: z.literal("reset"), when }),
    z.strictObject({ ...choice, kind: z.literal("truncate"), bytes: count(0).optional() }),
    z.strictObject({ ...choice, kind: z.literal("expire-tokens"), when }),
    z.strictObject({ ...choice, kind: z.literal("stale-read") }),
    z
      .strictObject({
        ...choice,
        kind: z.literal("withdraw"),
        scope: aName("name of a scope"),
        api: aName("identifier of an API"),
        tokens: z.enum(["keep", "revoke"], must("'keep' or 'revoke'")).optional(),
        when,
      })
      .refine(({ scope, api }) => (scope === undefined) !== (api === undefined), {
        path: ["scope"],
        error: "must be given, or else 'api', and not both",
      }),
    z.strictObject({ ...choice, kind: z.literal("disk-full") }),
    z.strictObject({
      ...choice,
      kind: z.literal("mutate"),
      mutate: z.custom<(body: unknown) => unknown>(
        (value) => typeof value === "function",
        must("a function, which only a program can give"),
      ),
    }),
  ],
  {
    error: ({ code }) =>
      code === "invalid_union" ? `must be one of ${kinds.join(", ")}` : "must be an object with the members of a rule",
  },
);

const rules = z.array(rule, { error: "must be a list" });

/** Checks rules. The sentence of an error begins with `what` they are. */
export function faultRules(value: unknown, what = "The faults"): FaultRule[] {
  const parsed = rules.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FaultsError(`${what} cannot be used: ${issue ? sentence(issue) : "they are no rules"}.`);
}

/** The rules in a file of JSON. */
export function loadFaults(file: string): FaultRule[] {
  const what = `The faults file ${file}`;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new FaultsError(`${what} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FaultsError(`${what} is not JSON: ${reasonOf(error)}`, { cause: error });
  }
  return faultRules(value, what);
}

function sentence(issue: z.core.$ZodIssue): string {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const place = [...issue.path, ...unknown].map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return `rules${place.join("")} ${unknown.length > 0 ? "is not a member of such a rule" : issue.message}`;
}

function checkPath(value: unknown, context: z.RefinementCtx): void {
  if (value === undefined || types.isRegExp(value)) return;
  const issue = path.safeParse(value).error?.issues[0];
  if (issue) context.addIssue({ code: "custom", message: issue.message });
}

/** In one sentence, whatever it is deep inside that JSON cannot have. */
function checkContent(value: unknown, context: z.RefinementCtx): void {
  if (value === undefined || z.json().safeParse(value).success) return;
  context.addIssue({ code: "custom", message: "must be what JSON can have" });
}

function isExpression(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
