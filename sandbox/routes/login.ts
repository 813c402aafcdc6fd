import { Hono } from "hono";
import type { Env, Services } from "../gate";
import type { Application } from "../models/application";
import { shortened } from "../scim/user-stores";
import { consentForm } from "../sign-in/consent-page";
import { sessionCookie, setSessionCookie } from "../sign-in/cookie";
import { errorContent, overContent } from "../sign-in/error-page";
import { alertOf, cannotSignIn, loginForm } from "../sign-in/login-page";
import { BASIC, isPassword } from "../sign-in/native";
import { answerPage } from "../sign-in/page";
import { parametersOf } from "../sign-in/parameters";
import { pendingStep } from "../sign-in/proceed";
import { type Answer, errorPage, placeOf, withAnswer } from "../sign-in/redirects";
import type { AuthorizationRequest } from "../sign-in/request";
import { userWith } from "../sign-in/users";

/** The pages of a sign-in with a browser, and where the form of the login page goes. */
export function loginRoutes(services: Services): Hono<Env> {
  const { store, sessions, signIns } = services;
  const tenant = store.root.tenant.organization;
  const routes = new Hono<Env>();

  routes.get("/authenticationendpoint/login.do", (context) => {
    const { sessionDataKey = "", authFailure, errorCode } = context.req.query();
    const flow = signIns.flows.find(sessionDataKey);
    const application = flow && store.application(flow.request.applicationId);
    if (!flow || !application)
      return answerPage(context, { title: "Sign in", content: overContent, tenant, status: 400 });
    const step = pendingStep(application, flow.passed ?? []);
    const title = `Sign in – ${application.name}`;
    if (step && !step.options.some(isPassword)) {
      return answerPage(context, { title, content: cannotSignIn(application.name, step), tenant });
    }
    const alert = authFailure === "true" ? alertOf(errorCode) : undefined;
    const content = loginForm({
      application: application.name,
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
    const flow = signIns.flows.find(key);
    const application = flow && store.application(flow.request.applicationId);
    if (!flow || !application)
      return context.redirect(errorPage(place, "invalid_request", "Invalid authorization request"));
    flow.username = form.get("username") ?? "";
    const found = userWith(store, flow.username, form.raw("password"));
    if ("failure" in found) {
      const failure = { authFailure: "true", authFailureMsg: "login.fail.message", errorCode: found.failure.id };
      return context.redirect(loginPage(place, key, flow.request, application, failure));
    }
    flow.passed = [BASIC];
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
    const user = question && store.tenant.users.find(({ id }) => id === question.session.userId);
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

  return routes;
}

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
