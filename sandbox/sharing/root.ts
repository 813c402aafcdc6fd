import { effectiveSequence } from "../application/sequence";
import type { Application, AuthenticationSequence } from "../models/application";

const option = { idp: "SSO", authenticator: "OrganizationAuthenticator" };

/** What the first share makes of an application: users of organizations can sign in to it. */
export function asShared(application: Application): Application {
  const { claims } = application;
  return {
    ...withOrganizationLogin(application),
    claims: { ...claims, subject: { ...claims.subject, useMappedLocalSubject: true } },
  };
}

/** An application with the sign-in of organizations in the first step of its login flow. The tenant's own flow becomes one of its own. */
export function withOrganizationLogin(application: Application): Application {
  const { authenticationSequence } = application;
  if (hasOrganizationLogin(authenticationSequence)) return application;
  const sequence = authenticationSequence ?? { ...effectiveSequence(undefined), type: "USER_DEFINED", script: "" };
  const [first, ...others] = sequence.steps ?? [];
  const steps = first ? [{ ...first, options: [...first.options, option] }, ...others] : [{ id: 1, options: [option] }];
  return { ...application, authenticationSequence: { ...sequence, steps } };
}

/** What the end of the last share leaves of it. */
export function withoutOrganizationLogin(application: Application): Application {
  const { authenticationSequence } = application;
  if (!authenticationSequence || !hasOrganizationLogin(authenticationSequence)) return application;
  const steps = (authenticationSequence.steps ?? []).map((step) => ({
    ...step,
    options: step.options.filter(({ idp }) => idp !== option.idp),
  }));
  const kept = steps.filter(({ options }) => options.length > 0).map((step, index) => ({ ...step, id: index + 1 }));
  return {
    ...application,
    authenticationSequence: kept.length > 0 ? { ...authenticationSequence, steps: kept } : undefined,
  };
}

function hasOrganizationLogin(sequence: AuthenticationSequence | undefined): boolean {
  return (sequence?.steps ?? []).some(({ options }) => options.some(({ idp }) => idp === option.idp));
}
