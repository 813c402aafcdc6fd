import { type Context, Hono } from "hono";
import type { Env, Services } from "../gate";
import { answerRefusal, Refusal } from "../refusal";
import { endSessionCookie, sessionCookie } from "../sign-in/cookie";
import { logoutForm, signedOutContent } from "../sign-in/logout-page";
import { answerPage } from "../sign-in/page";
import { type Parameters, parametersOf } from "../sign-in/parameters";
import { errorPage, placeOf } from "../sign-in/redirects";
import { endSession, type SignOut, SignOutError, signOutOf } from "../sign-in/sign-out";

/** The sign-out: of a browser, which may be asked whether it means it, or of an application with pages of its own. */
export function logoutRoutes(services: Services): Hono<Env> {
  const { sessions, store } = services;
  const tenant = store.root.tenant.organization;
  const routes = new Hono<Env>();
  /** The sign-outs that wait for a yes, by session. */
  const asked = new Map<string, SignOut>();

  routes.get("/oidc/logout", answer);
  routes.post("/oidc/logout", answer);

  routes.get("/authenticationendpoint/oauth2_logout_consent.do", (context) => {
    const waiting = asked.get(sessionOf(context) ?? "");
    if (!waiting) return answerPage(context, { title: "Signed out", content: signedOutContent, tenant });
    const content = logoutForm(waiting.application?.name, `${placeOf(context)}/oidc/logout`);
    return answerPage(context, { title: "Sign out", content, tenant });
  });

  routes.get("/authenticationendpoint/oauth2_logout.do", (context) =>
    answerPage(context, { title: "Signed out", content: signedOutContent, tenant }),
  );

  async function answer(context: Context<Env>): Promise<Response> {
    const parameters = await parametersOf(context);
    if (parameters.get("response_mode") === "direct") return direct(context, parameters);
    try {
      const session = sessionOf(context);
      const consent = parameters.get("consent");
      const waiting = consent === undefined || session === undefined ? undefined : asked.get(session);
      if (session === undefined || !waiting) return begin(context, session, await signOutOf(services, parameters));
      asked.delete(session);
      if (consent !== "approve") throw new SignOutError("End User denied the logout request");
      return end(context, session, waiting);
    } catch (error) {
      if (!(error instanceof SignOutError)) throw error;
      return context.redirect(errorPage(placeOf(context), "access_denied", error.message));
    }
  }

  function sessionOf(context: Context): string | undefined {
    return sessions.byCookie(sessionCookie(context) ?? "")?.id;
  }

  function begin(context: Context<Env>, session: string | undefined, signOut: SignOut): Response {
    if (session === undefined) return context.redirect(pageAt(context, "oauth2_logout.do"));
    if (signOut.application?.advancedConfigurations.skipLogoutConsent) return end(context, session, signOut);
    asked.set(session, signOut);
    return context.redirect(pageAt(context, "oauth2_logout_consent.do"));
  }

  function end(context: Context<Env>, session: string, { address }: SignOut): Response {
    endSession(services, session);
    endSessionCookie(context);
    return context.redirect(address ?? pageAt(context, "oauth2_logout.do"));
  }

  /** For an application with pages of its own, the ID token tells which session is meant. */
  async function direct(context: Context<Env>, parameters: Parameters): Promise<Response> {
    try {
      const { application, hintedSession } = await signOutOf(services, parameters);
      if (!application || hintedSession === undefined) {
        throw new SignOutError("The ID token of the session is missing.");
      }
      endSession(services, hintedSession);
      endSessionCookie(context);
      return context.json({ flowStatus: "SUCCESS_COMPLETED" });
    } catch (error) {
      if (!(error instanceof SignOutError)) throw error;
      return answerRefusal(context, new Refusal(400, "ABA-60010", "Invalid logout request.", error.message));
    }
  }

  return routes;
}

function pageAt(context: Context, name: string): string {
  return `${placeOf(context)}/authenticationendpoint/${name}`;
}
