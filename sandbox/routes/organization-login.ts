import { type Context, Hono } from "hono";
import type { Env, Services } from "../gate";
import { overContent } from "../sign-in/error-page";
import { loginPage } from "../sign-in/login-address";
import { organizationNamed, organizationPage, takesOrganizations } from "../sign-in/organization-login";
import { organizationForm } from "../sign-in/organization-page";
import { answerPage } from "../sign-in/page";
import type { Parameters } from "../sign-in/parameters";
import { applicationOf, pendingStep } from "../sign-in/proceed";
import { errorPage, placeOf } from "../sign-in/redirects";
import type { Flow } from "../sign-in/sign-ins";

/**
 * How users of an organization get to the login page of a shared application. The server sends them through a second
 * sign-in, of the organization; here they stay in the one that they have begun, which comes to the same.
 */
export function organizationLoginRoutes(services: Services): Hono<Env> {
  const { store, signIns } = services;
  const tenant = store.root.tenant.organization;
  const routes = new Hono<Env>();

  /** The link of the login page. */
  routes.get("/commonauth", (context) => {
    const { sessionDataKey = "" } = context.req.query();
    if (context.req.query("idp") === "SSO" && signIns.flows.find(sessionDataKey)) {
      return context.redirect(organizationPage(services, placeOf(context), sessionDataKey, false));
    }
    return context.redirect(errorPage(placeOf(context), "invalid_request", "Invalid authorization request"));
  });

  routes.get("/authenticationendpoint/org_handle.do", (context) =>
    page(context, ["orgHandle", "Handle of the organization"]),
  );
  routes.get("/authenticationendpoint/org_name.do", (context) => page(context, ["org", "Name of the organization"]));

  function page(context: Context<Env>, asked: readonly [string, string]) {
    const { sessionDataKey = "", authFailure } = context.req.query();
    const flow = signIns.flows.find(sessionDataKey);
    const title = "Sign in with an organization";
    if (!flow) return answerPage(context, { title, content: overContent, tenant, status: 400 });
    const isWrong = authFailure === "true";
    const application = applicationOf(services, flow.request).name;
    const action = `${placeOf(context)}/commonauth`;
    const content = organizationForm({ application, action, sessionDataKey, asked, isWrong });
    return answerPage(context, { title: isWrong ? `Error: ${title}` : title, content, tenant });
  }

  return routes;
}

/** What becomes of an organization that was typed: the login page for its users, or the question again. */
export function chooseOrganization(
  services: Services,
  context: Context<Env>,
  { flow, key, form }: { flow: Flow; key: string; form: Parameters },
): Response {
  const application = applicationOf(services, flow.request);
  const step = pendingStep(application, []);
  const organization = step && takesOrganizations(step) ? organizationNamed(services, application, form) : undefined;
  if (!organization) return context.redirect(organizationPage(services, placeOf(context), key, true));
  flow.organizationId = organization.id;
  return context.redirect(loginPage(placeOf(context), key, flow.request, application));
}
