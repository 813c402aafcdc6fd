import type { Plain } from "../../core/schema";
import type { ApplicationArgs } from "../application.args";
import type { AuthenticationSequenceArgs } from "./authentication-sequence.args";
import type { AuthenticationSequenceWire } from "./authentication-sequence.wire";
import type { ClaimConfigurationWire } from "./claim-configuration.wire";

type Application = Partial<Plain<ApplicationArgs>>;
type Sequence = Plain<AuthenticationSequenceArgs>;

interface Step {
  readonly options?: readonly { readonly idp: string; readonly authenticator: string }[] | null | undefined;
}

/** What sharing an application with organizations adds to the first step of its login flow, for as long as it is shared. */
const isOrganizationLogin = ({ idp, authenticator }: { readonly idp: string; readonly authenticator: string }) =>
  idp === "SSO" && authenticator === "OrganizationAuthenticator";

const hasOrganizationLogin = (step: Step | undefined) => (step?.options ?? []).some(isOrganizationLogin);

/**
 * The live args without what sharing the application has changed: the server puts it back whatever a program says. What the
 * program says itself stays.
 */
export function withoutSharing(live: Application, declared: Application): Application {
  const { authenticationSequence: sequence, claimConfiguration: claims } = live;
  if (!hasOrganizationLogin(sequence?.steps?.[0])) return live;
  const isUnmapped = declared.claimConfiguration?.subject?.useMappedLocalSubject === false;
  return {
    ...live,
    ...(sequence &&
      declared.authenticationSequence && { authenticationSequence: own(sequence, declared.authenticationSequence) }),
    ...(isUnmapped &&
      claims?.subject && {
        claimConfiguration: { ...claims, subject: { ...claims.subject, useMappedLocalSubject: false } },
      }),
  };
}

/** The login flow as it was before. That of the tenant itself has become a copy: one step, and no script. */
function own(sequence: Sequence, declared: Sequence): Sequence {
  if ((declared.steps ?? []).some(hasOrganizationLogin)) return sequence;
  const [first, ...others] = sequence.steps ?? [];
  const options = (first?.options ?? []).filter((option) => !isOrganizationLogin(option));
  const steps = options.length > 0 ? [{ ...first, options }, ...others] : others;
  const isOfTenant = declared.type === "DEFAULT" && steps.length <= 1 && sequence.script === undefined;
  return isOfTenant ? { type: "DEFAULT" } : { ...sequence, steps };
}

/** Whether this change of the claims could take away how the users of organizations are mapped. */
export function touchesMapping(args: Application, old: Application): boolean {
  const mapped = ({ claimConfiguration }: Application) => claimConfiguration?.subject?.useMappedLocalSubject;
  return mapped(args) === false || (mapped(args) === undefined && mapped(old) !== undefined);
}

/** The claims of a PATCH, without that where the application is shared. */
export function claimsOfShared(
  body: ClaimConfigurationWire | undefined,
  sequence: AuthenticationSequenceWire | null | undefined,
): ClaimConfigurationWire | undefined {
  const first = sequence?.steps?.toSorted((a, b) => (a.id ?? 0) - (b.id ?? 0))[0];
  if (body?.subject?.useMappedLocalSubject !== false || !hasOrganizationLogin(first)) return body;
  return { ...body, subject: { ...body.subject, useMappedLocalSubject: undefined } };
}
