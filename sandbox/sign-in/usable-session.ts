import type { Services } from "../gate";
import { applicationThere } from "../organization/application-there";
import { residentOf } from "./local-user";
import { ORGANIZATION, type OrganizationWanted } from "./organization-login";
import { applicationOf, pendingStep } from "./proceed";
import type { AuthorizationRequest } from "./request";
import type { Session } from "./sessions";

/** The session of a browser, where a request can be answered with it. */
export function usableSession(
  services: Services,
  request: AuthorizationRequest,
  cookie: string | undefined,
  wanted?: OrganizationWanted,
): Session | undefined {
  const session = cookie === undefined ? undefined : services.sessions.byCookie(cookie);
  if (!session || request.prompts.includes("login") || !fits(services, request, session, wanted)) return undefined;
  const seconds = (services.now() - session.since) / 1000;
  return request.maxAge !== undefined && seconds >= request.maxAge ? undefined : session;
}

/** Whether the user is still there, in an organization that can be asked for, and has passed what the application asks for. */
function fits(
  services: Services,
  request: AuthorizationRequest,
  { userId, authenticators }: Session,
  wanted: OrganizationWanted | undefined,
): boolean {
  const { store } = services;
  const application = applicationOf(services, request);
  const home = residentOf(store, userId)?.store.organizationId;
  if (home === undefined || pendingStep(application, authenticators)) return false;
  if (!authenticators.includes(ORGANIZATION)) return !wanted && home === store.organizationId;
  if (!applicationThere(store, application, home)) return false;
  return wanted?.organizationId === undefined || wanted.organizationId === home;
}
