import { type Context, Hono } from "hono";
import type { Env, Services } from "../gate";
import { sessionCookie } from "../sign-in/cookie";
import { Ended, Returned } from "../sign-in/ends";
import { loginPage } from "../sign-in/login-address";
import { namesOrganization, organizationPage, organizationWanted } from "../sign-in/organization-login";
import { answerSending } from "../sign-in/page";
import { type Parameters, parametersOf } from "../sign-in/parameters";
import { answerWithCode, applicationOf, needsConsent } from "../sign-in/proceed";
import { type Answer, entriesOf, errorPage, placeOf, type ReturnAddress, withAnswer } from "../sign-in/redirects";
import { type AuthorizationRequest, requestOf } from "../sign-in/request";
import type { Session } from "../sign-in/sessions";
import { usableSession } from "../sign-in/usable-session";
import { startNative } from "./authn";

/**
 * The authorization endpoint (RFC 6749, 3.1): where a sign-in begins, where it comes back to with `sessionDataKey` when
 * the user has signed in, and where the answer to the question of consent goes.
 */
export function authorizeRoutes(services: Services): Hono<Env> {
  const { sessions, signIns } = services;
  const routes = new Hono<Env>();

  routes.get("/oauth2/authorize", answer);
  routes.post("/oauth2/authorize", answer);

  async function answer(context: Context<Env>): Promise<Response> {
    const sent = await parametersOf(context);
    const isBegin = !sent.get("sessionDataKey") && !sent.get("sessionDataKeyConsent");
    try {
      const parameters = isBegin ? meant(sent) : sent;
      if (isBegin && parameters.get("response_mode") === "direct") {
        return startNative(services, context, parameters, sent);
      }
      return await answerTo(context, parameters);
    } catch (error) {
      if (error instanceof Ended) return context.redirect(errorPage(placeOf(context), error.code, error.message));
      if (!(error instanceof Returned)) throw error;
      const { address, code, description } = error;
      return respond(context, address, { error_description: description, error: code, state: address.state });
    }
  }

  /** Where the request was pushed, what was pushed, and nothing that the browser brings. */
  function meant(sent: Parameters): Parameters {
    const uri = sent.get("request_uri");
    return uri === undefined ? sent : signIns.pushed.take(uri, sent.get("client_id"));
  }

  function answerTo(context: Context<Env>, parameters: Parameters): Response | Promise<Response> {
    const [key, question] = [parameters.get("sessionDataKey"), parameters.get("sessionDataKeyConsent")];
    if (question) return afterConsent(context, question, parameters.get("consent"));
    return key ? afterLogin(context, key) : begin(context, parameters);
  }

  function begin(context: Context<Env>, parameters: Parameters): Response | Promise<Response> {
    const request = requestOf(services.store, parameters);
    const application = applicationOf(services, request);
    const wanted = organizationWanted(services, application, parameters);
    const session = usableSession(services, request, sessionCookie(context), wanted);
    if (session) return signedIn(context, request, session);
    if (request.prompts.includes("none")) throw new Returned(request, "login_required", "Authentication required");
    const organization = wanted?.organizationId;
    const key = signIns.flows.put({ request, ...(organization && { organizationId: organization }) });
    if (wanted && !organization) {
      return context.redirect(organizationPage(services, placeOf(context), key, namesOrganization(parameters)));
    }
    return context.redirect(loginPage(placeOf(context), key, request, application));
  }

  /** Only the browser in which the password was given gets the code. */
  function afterLogin(context: Context<Env>, key: string): Response | Promise<Response> {
    const flow = signIns.flows.find(key);
    if (!flow?.session || flow.session.cookie !== sessionCookie(context) || !sessions.find(flow.session.id)) {
      throw new Ended("invalid_request", "Invalid authorization request");
    }
    signIns.flows.drop(key);
    return signedIn(context, flow.request, flow.session);
  }

  function signedIn(
    context: Context<Env>,
    request: AuthorizationRequest,
    session: Session,
  ): Response | Promise<Response> {
    if (!needsConsent(services, request, session)) return finish(context, request, session);
    if (request.prompts.includes("none")) throw new Returned(request, "consent_required");
    const { name } = applicationOf(services, request);
    const page = `${placeOf(context)}/authenticationendpoint/oauth2_consent.do`;
    return context.redirect(
      withAnswer(page, {
        application: name,
        scope: request.scopes.join(" "),
        sessionDataKeyConsent: signIns.questions.put({ request, session }),
      }),
    );
  }

  /** A link cannot answer the question: only the form of the page, by POST, from the browser that was asked. */
  function afterConsent(context: Context<Env>, key: string, consent: string | undefined): Response | Promise<Response> {
    const question = signIns.questions.find(key);
    const isAsked =
      question && question.session.cookie === sessionCookie(context) && sessions.find(question.session.id);
    if (!isAsked || context.req.method !== "POST") {
      throw new Ended("invalid_request", "Invalid authorization request");
    }
    signIns.questions.drop(key);
    const { request, session } = question;
    if (consent === "approveAlways") signIns.agree(request, session.userId);
    else if (consent !== "approve") throw new Returned(request, "access_denied", "User denied the consent");
    return finish(context, request, session);
  }

  function finish(context: Context<Env>, request: AuthorizationRequest, session: Session) {
    return respond(context, request, answerWithCode(services, request, session));
  }

  return routes;
}

function respond(context: Context<Env>, address: ReturnAddress, answer: Answer): Response | Promise<Response> {
  const { redirectUri, mode } = address;
  if (mode === "form_post") return answerSending(context, redirectUri, entriesOf(answer));
  context.header("Cache-Control", "no-store");
  return context.redirect(withAnswer(redirectUri, answer, mode));
}
