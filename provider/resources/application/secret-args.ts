import { z } from "zod";
import type { Api } from "../../api/api";
import type { Failure } from "../../core/check";
import { despiteOtherIssues, nonEmptyText } from "../../core/checks";
import type { Properties } from "../../core/clean";
import { assumed } from "../../core/schema";
import { isUnknown } from "../../core/unknown";
import { isObject } from "../wire";

const days = "must be a whole number of days, from 0 to 365";

export const secretArgs = {
  storeSecret: assumed(true, z.boolean()).optional(),
  secretVersion: nonEmptyText.optional(),
  secretOverlapDays: z.int(days).min(0, days).max(365, days).optional(),
};

/** The names of these args. */
export const secretArgNames = ["storeSecret", "secretVersion", "secretOverlapDays"] as const;

const isThere = (value: unknown) => value !== undefined && value !== null;

function hasClient(args: unknown): boolean {
  return !isObject(args) || !isThere(args.secretVersion) || isThere(args.oidc);
}

function hasSecret(args: unknown): boolean {
  return !isObject(args) || !isThere(args.secretVersion) || !isObject(args.oidc) || args.oidc.publicClient !== true;
}

function keepsSecretOut(args: unknown): boolean {
  return !isObject(args) || args.storeSecret !== false || !isObject(args.oidc) || !isThere(args.oidc.clientSecret);
}

/** The rules about a secret over all args of an application. */
export function withSecretRules<S extends z.ZodType>(args: S): S {
  return args
    .refine(hasClient, {
      ...despiteOtherIssues,
      path: ["secretVersion"],
      error: "there is no client whose secret it could change; declare `oidc`, or take `secretVersion` out",
    })
    .refine(hasSecret, {
      ...despiteOtherIssues,
      path: ["secretVersion"],
      error:
        "a public client signs in without a secret, so there is none to change; take `secretVersion` out, or make it a confidential client (`oidc.publicClient: false`)",
    })
    .refine(keepsSecretOut, {
      ...despiteOtherIssues,
      path: ["storeSecret"],
      error:
        "cannot keep out of state what the program itself gives; take `oidc.clientSecret` out, and the server makes a secret",
    });
}

/** What cannot be kept in an organization, where the server has no scope to delete a secret. */
export function overlapFailures({ organization }: Api, { secretOverlapDays }: Properties): Failure[] {
  if (organization === undefined || !isThere(secretOverlapDays)) return [];
  const reason = `secretOverlapDays: nothing can end an old secret in the organization ${organization}, since the server has no scope to delete one there. Take it out, and delete the old secret in the organization's console.`;
  return [{ property: "secretOverlapDays", reason }];
}

/** Whether these args ask for a new secret. Values may be unknown: what is not known may be another text. */
export function isRotation(old: Properties, { secretVersion, oidc }: Properties): boolean {
  // An object that is just taken over, or gets its client now, has no version yet: the first one is just noted.
  if (!isThere(old.oidc) || !isThere(oidc) || !isThere(secretVersion) || isUnknown(old.secretVersion)) return false;
  return isUnknown(secretVersion) || secretVersion !== old.secretVersion;
}
