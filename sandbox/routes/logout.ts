import { type Context, Hono } from "hono";
import { deleteCookie, getCookie } from "hono/cookie";
import type { Env, Services } from "../gate";
import { answerRefusal, Refusal } from "../refusal";
import { endSession, type SignOut, SignOutError, signOutOf } from "../sign-in/sign-out";

/** The cookie by which a browser is known again. */
const cookie = "commonAuthId";

/** The sign-out: of a browser, which may be asked whether it means it, or of an application with pages of its own. */
export function logoutRoutes(services: Services): Hono<Env> {
  const { sessions } = services;
  const routes = new Hono<Env>();
  /** The sign-outs that wait for a yes, by session. */
  const asked = new Map<string, SignOut>();

  routes.get("/oidc/logout", answer);
  routes.post("/oidc/logout", answer);

  async function answer(context: Context<Env>): Promise<Response> {
    const parameters = await parametersOf(context);
    if (parameters.get("response_mode") === "direct") return direct(context, parameters);
    try {
      const session = sessions.byCookie(getCookie(context, cookie) ?? "")?.id;
      const consent = parameters.get("consent");
      const waiting = consent === undefined || session === undefined ? undefined : asked.get(session);
      if (session !== undefined && waiting) {
        asked.delete(session);
        if (consent !== "approve") throw new SignOutError("End User denied the logout request");
        return end(context, session, waiting);
      }
      return await begin(context, session, await signOutOf(services, parameters));
    } catch (error) {
      if (!(error instanceof SignOutError)) throw error;
      return toError(context, error.message);
    }
  }

  async function begin(context: Context<Env>, session: string | undefined, signOut: SignOut): Promise<Response> {
    if (session === undefined) return to(context, page(context, "oauth2_logout.do"));
    const { application } = signOut;
    if (application?.advancedConfigurations.skipLogoutConsent) return end(context, session, signOut);
    asked.set(session, signOut);
    const sp = new URLSearchParams(application && { sp: application.name });
    return to(context, `${page(context, "oauth2_logout_consent.do")}?${sp}`);
  }

  function end(context: Context<Env>, session: string, { address }: SignOut): Response {
    endSession(services, session);
    deleteCookie(context, cookie, { path: "/" });
    return to(context, address ?? page(context, "oauth2_logout.do"));
  }

  /** For an application with pages of its own, the ID token tells which session is meant. */
  async function direct(context: Context<Env>, parameters: ReadonlyMap<string, string>): Promise<Response> {
    try {
      const { application, hintedSession } = await signOutOf(services, parameters);
      if (!application || hintedSession === undefined)
        throw new SignOutError("The ID token of the session is missing.");
      endSession(services, hintedSession);
      deleteCookie(context, cookie, { path: "/" });
      return context.json({ flowStatus: "SUCCESS_COMPLETED" });
    } catch (error) {
      if (!(error instanceof SignOutError)) throw error;
      return answerRefusal(context, new Refusal(400, "ABA-60010", "Invalid logout request.", error.message));
    }
  }

  return routes;
}

/** The parameters of a request, in its query and, of a POST, in its form. */
async function parametersOf({ req }: Context): Promise<ReadonlyMap<string, string>> {
  const form = req.method === "POST" ? await req.text() : "";
  const pairs = [...new URL(req.url).searchParams, ...new URLSearchParams(form)];
  return new Map(pairs.filter(([, value]) => value !== ""));
}

function toError(context: Context, message: string): Response {
  const error = new URLSearchParams({ oauthErrorCode: "access_denied", oauthErrorMsg: message });
  return to(context, `${page(context, "oauth2_error.do")}?${error}`);
}

function page({ req }: Context, name: string): string {
  return `${req.url.replace(/\/oidc\/logout.*$/s, "")}/authenticationendpoint/${name}`;
}

function to(context: Context, address: string): Response {
  return context.redirect(address, 302);
}
