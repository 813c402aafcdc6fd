import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { argsOf, ordered } from "../../core/schema";
import { distinct, evenIfOthersFail, oneOf, someText } from "./checks";
import { isBag } from "./wire";

/** One way to pass a step of the login. Both members change in place. */
export interface AuthenticationOptionArgs {
  /** The name of the identity provider, or `LOCAL` for the server's own authenticators. */
  idp: pulumi.Input<string>;
  /** The technical name of the authenticator, such as `BasicAuthenticator`. */
  authenticator: pulumi.Input<string>;
}

/** A step of the login. Changes in place. */
export interface AuthenticationStepArgs {
  /** The ways to pass the step, at least one; the user chooses. The order means nothing. */
  options: pulumi.Input<pulumi.Input<AuthenticationOptionArgs>[]>;
}

/**
 * How users log in. All members change in place.
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 */
export interface AuthenticationSequenceArgs {
  /** `DEFAULT` for the tenant's own flow, `USER_DEFINED` for `steps`. The server's default is `DEFAULT`, and `USER_DEFINED` where steps are given. */
  type?: pulumi.Input<"DEFAULT" | "USER_DEFINED">;
  /** The steps in their order, at least one. */
  steps?: pulumi.Input<pulumi.Input<AuthenticationStepArgs>[]>;
  /** Authenticators that take credentials out of the authorization request itself. The order means nothing. The server's default is none. */
  requestPathAuthenticators?: pulumi.Input<pulumi.Input<string>[]>;
  /** A conditional authentication script, in JavaScript. The bootstrap client needs the scope `internal_application_script_update` for it. */
  script?: pulumi.Input<string>;
  /** The step that tells who the user is, from 1 to the number of steps. The server's default is 1. */
  subjectStepId?: pulumi.Input<number>;
  /** The step that tells the user's attributes, from 1 to the number of steps. The server's default is 1. */
  attributeStepId?: pulumi.Input<number>;
}

const step = argsOf<AuthenticationStepArgs>()({
  options: z
    .array(argsOf<AuthenticationOptionArgs>()({ idp: someText, authenticator: someText }))
    .min(1, "must have at least one option"),
});

const stepId = z.int().min(1, "must be the number of a step; the first is 1");

/** What the server ignores unless there are steps. */
const stepMembers = ["script", "subjectStepId", "attributeStepId", "requestPathAuthenticators"] as const;

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function checkSteps(sequence: unknown, ctx: z.RefinementCtx): void {
  if (!isBag(sequence)) return;
  const issue = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
  if (sequence.type === "DEFAULT") {
    for (const member of ["steps", ...stepMembers]) {
      if (isThere(sequence[member])) issue(member, "is ignored with the type `DEFAULT`; remove one of them");
    }
    return;
  }
  const unused = stepMembers.find((member) => isThere(sequence[member]));
  if (!isThere(sequence.steps)) {
    if (sequence.type === "USER_DEFINED") issue("steps", "missing; a flow of your own needs at least one step");
    else if (unused) issue("steps", `missing; the server ignores \`${unused}\` without steps`);
  }
  if (!Array.isArray(sequence.steps)) return;
  for (const member of ["subjectStepId", "attributeStepId"]) {
    const id = sequence[member];
    if (typeof id === "number" && id > sequence.steps.length) issue(member, "there is no such step");
  }
}

export const authenticationSequenceArgs = argsOf<AuthenticationSequenceArgs>()({
  type: oneOf(["DEFAULT", "USER_DEFINED"]).optional(),
  steps: ordered(
    z.array(step).min(1, "must have at least one step; leave it out for the tenant's own flow"),
  ).optional(),
  requestPathAuthenticators: distinct().optional(),
  script: someText.optional(),
  subjectStepId: stepId.optional(),
  attributeStepId: stepId.optional(),
}).superRefine(checkSteps, evenIfOthersFail);
