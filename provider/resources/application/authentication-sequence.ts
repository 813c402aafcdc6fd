import { z } from "zod";
import { despiteOtherIssues, distinct, nonEmptyText, oneOf } from "../../core/checks";
import { argsOf, ordered } from "../../core/schema";
import { isObject } from "../wire";
import type {
  AuthenticationOptionArgs,
  AuthenticationSequenceArgs,
  AuthenticationStepArgs,
} from "./authentication-sequence.args";

const step = argsOf<AuthenticationStepArgs>()({
  options: z
    .array(argsOf<AuthenticationOptionArgs>()({ idp: nonEmptyText, authenticator: nonEmptyText }))
    .min(1, "must have at least one option"),
});

const stepId = z.int().min(1, "must be the number of a step; the first is 1");

/** What the server ignores unless there are steps. */
const stepMembers = ["script", "subjectStepId", "attributeStepId", "requestPathAuthenticators"] as const;

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function checkSteps(sequence: unknown, ctx: z.RefinementCtx): void {
  if (!isObject(sequence)) return;
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
  script: nonEmptyText.optional(),
  subjectStepId: stepId.optional(),
  attributeStepId: stepId.optional(),
}).superRefine(checkSteps, despiteOtherIssues);
