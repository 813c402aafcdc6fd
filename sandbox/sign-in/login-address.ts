import type { Application } from "../models/application";
import { pendingStep } from "./proceed";
import { type Answer, withAnswer } from "./redirects";
import type { AuthorizationRequest } from "./request";

/** The address of the login page, with what the request had in it and what the server adds. */
export function loginPage(
  place: string,
  sessionDataKey: string,
  { clientId, parameters }: AuthorizationRequest,
  application: Application,
  failure: Answer = {},
): string {
  const { options = [] } = pendingStep(application, []) ?? {};
  return withAnswer(`${place}/authenticationendpoint/login.do`, {
    ...parameters.shown(),
    sessionDataKey,
    relyingParty: clientId,
    type: "oidc",
    sp: application.name,
    spId: application.id,
    authenticators: options.map(({ idp, authenticator }) => `${authenticator}:${idp}`).join(";"),
    ...failure,
  });
}
