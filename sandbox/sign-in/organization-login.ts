import type { Services } from "../gate";
import type { Application } from "../models/application";
import { applicationThere } from "../organization/application-there";
import type { Organization } from "../organization/collection";
import { organizationByDomain } from "../organization/discovery";
import { organizationOf } from "../organization/tree";
import type { Store } from "../store";
import { knows } from "../versions";
import { isPassword } from "./native";
import type { Parameters } from "./parameters";
import { pendingStep, type Step } from "./proceed";
import { type Answer, withAnswer } from "./redirects";

/** What the first share of an application adds to its login flow. */
export const ORGANIZATION = "OrganizationAuthenticator";

/** What stands for the sign-in of organizations in addresses. */
export const organizationChoice = { idp: "SSO", authenticator: ORGANIZATION };

/** The organization whose users are to sign in; an id of undefined is one that the user has to name yet. */
export interface OrganizationWanted {
  readonly organizationId: string | undefined;
}

/** Whether a step of a login flow lets users of organizations in. */
export function takesOrganizations({ options }: Step): boolean {
  return options.some(({ authenticator }) => authenticator === ORGANIZATION);
}

/** Whether a request is for users of organizations: it says so, or the login flow has nothing else. Otherwise undefined. */
export function organizationWanted(
  services: Services,
  application: Application,
  parameters: Parameters,
): OrganizationWanted | undefined {
  const step = pendingStep(application, []);
  if (!step || !takesOrganizations(step)) return undefined;
  if (parameters.get("fidp") !== "OrganizationSSO" && step.options.some(isPassword)) return undefined;
  return { organizationId: organizationNamed(services, application, parameters)?.id };
}

/** Whether a request names an organization, rightly or not. */
export function namesOrganization(parameters: Parameters): boolean {
  const names = ["orgId", "orgHandle", "org", ...(parameters.get("orgDiscoveryType") ? ["login_hint"] : [])];
  return names.some((name) => parameters.get(name) !== undefined);
}

/**
 * The organization that a request names, in the server's order of what counts first. It has to be there, enabled, and
 * to have the application.
 */
export function organizationNamed(
  { store }: Pick<Services, "store">,
  application: Application,
  parameters: Parameters,
): Organization | undefined {
  const { organizations } = store.root.tenant;
  const [id, handle, name] = ["orgId", "orgHandle", "org"].map((each) => parameters.get(each));
  const hint = parameters.get("orgDiscoveryType") === "emailDomain" ? parameters.get("login_hint") : undefined;
  const found = id
    ? organizations.find((each) => each.id === id)
    : hint
      ? organizationByDomain(store.root.tenant, hint)
      : organizations.find((each) => (handle ? each.orgHandle === handle : each.name === name));
  return found?.parentId !== undefined && homeOf({ store }, application, found.id) ? found : undefined;
}

/** Where the users of a sign-in are: at home with the application, or in an organization that has it and is enabled. */
export function homeOf(
  { store }: Pick<Services, "store">,
  application: Application,
  organizationId = store.organizationId,
): Store | undefined {
  const organization = organizationOf(store.root.tenant, organizationId);
  if (!organization || organization.status === "DISABLED") return undefined;
  return applicationThere(store, application, organizationId)?.store;
}

/** The address of the page that asks for the organization. It goes by the name where organizations have no handles. */
export function organizationPage({ store }: Services, place: string, sessionDataKey: string, isWrong: boolean): string {
  const page = knows(store.tenant.server, "organizationHandle") ? "org_handle.do" : "org_name.do";
  const failure: Answer = isWrong ? { authFailure: "true", authFailureMsg: "Can't identify organization" } : {};
  return withAnswer(`${place}/authenticationendpoint/${page}`, { sessionDataKey, ...organizationChoice, ...failure });
}
