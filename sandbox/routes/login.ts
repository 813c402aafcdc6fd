import { Hono } from "hono";
import type { Env, Services } from "../gate";
import { organizationOf } from "../organization/tree";
import { shortened } from "../scim/user-stores";
import { consentForm } from "../sign-in/consent-page";
import { sessionCookie, setSessionCookie } from "../sign-in/cookie";
import { errorContent, overContent } from "../sign-in/error-page";
import { residentOf } from "../sign-in/local-user";
import { loginPage } from "../sign-in/login-address";
import { alertOf, cannotSignIn, loginForm } from "../sign-in/login-page";
import { BASIC, isPassword } from "../sign-in/native";
import { homeOf, ORGANIZATION, organizationChoice, takesOrganizations } from "../sign-in/organization-login";
import { answerPage } from "../sign-in/page";
import { parametersOf } from "../sign-in/parameters";
import { pendingStep } from "../sign-in/proceed";
import { errorPage, placeOf, withAnswer } from "../sign-in/redirects";
import { userWith } from "../sign-in/users";
import { chooseOrganization } from "./organization-login";

/** The pages of a sign-in with a browser, and where the form of the login page goes. */
export function loginRoutes(services: Services): Hono<Env> {
  const { store, sessions, signIns } = services;
  const tenant = store.root.tenant.organization;
  const routes = new Hono<Env>();

  routes.get("/authenticationendpoint/login.do", (context) => {
    const { sessionDataKey = "", authFailure, errorCode } = context.req.query();
    const live = liveFlow(sessionDataKey);
    if (!live) return answerPage(context, { title: "Sign in", content: overContent, tenant, status: 400 });
    const { flow, application } = live;
    const step = pendingStep(application, flow.passed ?? []);
    const title = `Sign in – ${application.name}`;
    const organization = flow.organizationId && organizationOf(store.root.tenant, flow.organizationId)?.name;
    const canType = step && (organization ? takesOrganizations(step) : step.options.some(isPassword));
    if (step && !canType) {
      return answerPage(context, { title, content: cannotSignIn(application.name, step), tenant });
    }
    const alert = authFailure === "true" ? alertOf(errorCode) : undefined;
    const other = !organization && step && takesOrganizations(step);
    const content = loginForm({
      application: application.name,
      organization,
      organizationLink: other
        ? withAnswer(`${placeOf(context)}/commonauth`, { sessionDataKey, ...organizationChoice })
        : undefined,
      action: `${placeOf(context)}/commonauth`,
      sessionDataKey,
      username: flow.username ?? flow.request.loginHint,
      alert,
    });
    return answerPage(context, { title: alert === undefined ? title : `Error: ${title}`, content, tenant });
  });

  routes.post("/commonauth", async (context) => {
    const form = await parametersOf(context);
    const key = form.get("sessionDataKey") ?? "";
    const place = placeOf(context);
    const live = liveFlow(key);
    if (!live) return context.redirect(errorPage(place, "invalid_request", "Invalid authorization request"));
    const { flow, application, home } = live;
    if (form.get("idp") === "SSO") return chooseOrganization(services, context, { flow, key, form });
    flow.username = form.get("username") ?? "";
    const found = userWith(home, flow.username, form.raw("password"));
    if ("failure" in found) {
      const failure = { authFailure: "true", authFailureMsg: "login.fail.message", errorCode: found.failure.id };
      return context.redirect(loginPage(place, key, flow.request, application, failure));
    }
    flow.passed = [flow.organizationId === undefined ? BASIC : ORGANIZATION];
    if (pendingStep(application, flow.passed))
      return context.redirect(loginPage(place, key, flow.request, application));
    flow.session = sessions.start(found.user.id, flow.passed);
    setSessionCookie(context, flow.session);
    return context.redirect(withAnswer(`${place}/oauth2/authorize`, { sessionDataKey: key }));
  });

  routes.get("/authenticationendpoint/oauth2_consent.do", (context) => {
    const { sessionDataKeyConsent = "" } = context.req.query();
    const question = signIns.questions.find(sessionDataKeyConsent);
    const application = question && store.application(question.request.applicationId);
    const user = question && residentOf(store, question.session.userId)?.user;
    if (!application || !user || question.session.cookie !== sessionCookie(context)) {
      return answerPage(context, { title: "Allow access", content: overContent, tenant, status: 400 });
    }
    const content = consentForm({
      application: application.name,
      username: shortened(user),
      scopes: question.request.scopes,
      action: `${placeOf(context)}/oauth2/authorize`,
      sessionDataKeyConsent,
    });
    return answerPage(context, { title: `Allow access – ${application.name}`, content, tenant });
  });

  routes.get("/authenticationendpoint/oauth2_error.do", (context) => {
    const { oauthErrorCode = "", oauthErrorMsg = "" } = context.req.query();
    const content = errorContent(oauthErrorCode, oauthErrorMsg);
    return answerPage(context, { title: "Error: the sign-in cannot go on", content, tenant });
  });

  /** A sign-in whose application is still there, and its users with it. */
  function liveFlow(key: string) {
    const flow = signIns.flows.find(key);
    const application = flow && store.application(flow.request.applicationId);
    const home = application && homeOf(services, application, flow.organizationId);
    return home && { flow, application, home };
  }

  return routes;
}
