import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Properties } from "../../core/clean";
import { assumed } from "../../core/schema";
import { isUnknown } from "../../core/unknown";
import { evenIfOthersFail, someText } from "./checks";
import { isBag } from "./wire";

/** How the client secret is kept and changed. The server knows nothing of these args, so they never drift. */
export interface SecretArgs {
  /**
   * Whether the client secret is kept in state, encrypted, and is there as the output `clientSecret`. The default is
   * true. With false it is neither; a deployment gets it from the console (tab Protocol of the application), or by a GET
   * of `/api/server/v1/applications/<id>/inbound-protocols/oidc` with the scope
   * `internal_application_mgt_client_secret_view`. Changes in place: false takes it out of state at that update, true
   * reads it. A history of states that the backend keeps still has it.
   */
  storeSecret?: pulumi.Input<boolean>;
  /**
   * Any text, such as a date. Changes in place: another text makes a new client secret, also where there was none before
   * in the program; taken out, it leaves the secret as it is. With the creation of an application it is just noted.
   * Where the server has several secrets for an application, the old one stays valid beside the new one, until the next
   * change or for `secretOverlapDays`; one that is older still is deleted. On other servers the secret is regenerated:
   * the old one and all tokens of the application end at once, and the preview says so. Not for public clients.
   */
  secretVersion?: pulumi.Input<string>;
  /**
   * For how many days the old secret stays valid after a change of `secretVersion`, from 0 to 365. The default is until
   * the next change. With 0 the same update deletes it; otherwise the first `pulumi up` after those days does, since the
   * server cannot be told to end a secret later. Changes in place, also for an old secret that is still valid. It has
   * no effect where the server has one secret for an application.
   */
  secretOverlapDays?: pulumi.Input<number>;
}

const days = "must be a whole number of days, from 0 to 365";

export const secretArgs = {
  storeSecret: assumed(true, z.boolean()).optional(),
  secretVersion: someText.optional(),
  secretOverlapDays: z.int(days).min(0, days).max(365, days).optional(),
};

/** The names of these args. */
export const secretArgNames = ["storeSecret", "secretVersion", "secretOverlapDays"] as const;

const isThere = (value: unknown) => value !== undefined && value !== null;

function hasClient(args: unknown): boolean {
  return !isBag(args) || !isThere(args.secretVersion) || isThere(args.oidc);
}

function hasSecret(args: unknown): boolean {
  return !isBag(args) || !isThere(args.secretVersion) || !isBag(args.oidc) || args.oidc.publicClient !== true;
}

function keepsSecretOut(args: unknown): boolean {
  return !isBag(args) || args.storeSecret !== false || !isBag(args.oidc) || !isThere(args.oidc.clientSecret);
}

/** The rules about a secret over all args of an application. */
export function withSecretRules<S extends z.ZodType>(args: S): S {
  return args
    .refine(hasClient, {
      ...evenIfOthersFail,
      path: ["secretVersion"],
      error: "there is no client whose secret it could change; declare `oidc`, or take `secretVersion` out",
    })
    .refine(hasSecret, {
      ...evenIfOthersFail,
      path: ["secretVersion"],
      error:
        "a public client signs in without a secret, so there is none to change; take `secretVersion` out, or make it a confidential client (`oidc.publicClient: false`)",
    })
    .refine(keepsSecretOut, {
      ...evenIfOthersFail,
      path: ["storeSecret"],
      error:
        "cannot keep out of state what the program itself gives; take `oidc.clientSecret` out, and the server makes a secret",
    });
}

/** Whether these args ask for a new secret. Values may be unknown: what is not known may be another text. */
export function isRotation(old: Properties, { secretVersion, oidc }: Properties): boolean {
  // An object that is just taken over, or gets its client now, has no version yet: the first one is just noted.
  if (!isThere(old.oidc) || !isThere(oidc) || !isThere(secretVersion)) return false;
  return isUnknown(secretVersion) || secretVersion !== old.secretVersion;
}
