import type { AuthenticationSequence } from "../models/application";
import { applicationError } from "../refusal";

const localAuthenticators = new Set([
  "BasicAuthenticator",
  "IdentifierExecutor",
  "FIDOAuthenticator",
  "MagicLinkAuthenticator",
  "SessionExecutor",
  "JWTBasicAuthenticator",
  "BasicAuthRequestPathAuthenticator",
  "OAuthRequestPathAuthenticator",
  "email-otp-authenticator",
  "sms-otp-authenticator",
  "totp",
  "backup-code-authenticator",
  "active-sessions-limit-handler",
]);

/** The tenant's own login flow: what an application without one of its own answers. */
const tenantDefault: AuthenticationSequence = {
  type: "DEFAULT",
  steps: [{ id: 1, options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] }],
  requestPathAuthenticators: [],
  subjectStepId: 1,
  attributeStepId: 1,
};

export function effectiveSequence(stored: AuthenticationSequence | undefined): AuthenticationSequence {
  return stored ?? tenantDefault;
}

/** The login flow after a write; undefined where the application follows the tenant's default. */
export function changedSequence(
  current: AuthenticationSequence | undefined,
  change: AuthenticationSequence,
  /** Whether the tenant has the identity provider that stands for organizations: from the first share on. */
  hasOrganizationLogin = false,
): AuthenticationSequence | undefined {
  if (change.type !== "USER_DEFINED") return undefined;
  const steps = [...(change.steps ?? [])].sort((a, b) => a.id - b.id);
  if (steps.length === 0) throw applicationError("APP-60001", "No authentication steps are provided.");
  if (steps.some(({ id }, index) => id !== index + 1)) {
    throw applicationError("APP-60001", "Step ids need to be consecutive in the authentication steps.");
  }
  for (const { idp, authenticator } of steps.flatMap(({ options }) => options)) {
    const isOrganizationLogin = idp === "SSO" && authenticator === "OrganizationAuthenticator";
    if (!isOrganizationLogin || !hasOrganizationLogin) refuseUnknown(idp, authenticator);
  }
  return {
    type: "USER_DEFINED",
    steps,
    requestPathAuthenticators: change.requestPathAuthenticators ?? [],
    script: change.script?.trim() ? change.script : current?.script,
    subjectStepId: inRange(change.subjectStepId, steps.length),
    attributeStepId: inRange(change.attributeStepId, steps.length),
  };
}

function refuseUnknown(idp: string, authenticator: string): void {
  if (idp !== "LOCAL") {
    throw applicationError("APP-60001", `Error updating application. No identity provider found with name: ${idp}`);
  }
  if (!localAuthenticators.has(authenticator)) {
    throw applicationError(
      "APP-60001",
      `Error updating application. No local authenticator found with name: ${authenticator}`,
    );
  }
}

function inRange(step: number | undefined, steps: number): number {
  return step !== undefined && step >= 1 && step <= steps ? step : 1;
}
