import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Env, Services } from "../gate";
import { crash } from "../refusal";
import { claimedClient } from "../sign-in/client-credentials";
import { sessionCookie, setSessionCookie } from "../sign-in/cookie";
import { Ended, Returned } from "../sign-in/ends";
import {
  authenticatorId,
  BASIC,
  completedAnswer,
  isNative,
  isPassword,
  optionOf,
  promptAnswer,
} from "../sign-in/native";
import { clientUnknown, nativeError } from "../sign-in/native-error";
import type { Parameters } from "../sign-in/parameters";
import { answerWithCode, applicationOf, pendingStep } from "../sign-in/proceed";
import { placeOf } from "../sign-in/redirects";
import { requestOf } from "../sign-in/request";
import type { Flow } from "../sign-in/sign-ins";
import { usableSession } from "../sign-in/usable-session";
import { type Failure, userWith } from "../sign-in/users";
import { isSince } from "../versions";

const answered = z.object({
  flowId: z.string().optional(),
  selectedAuthenticator: z
    .object({ authenticatorId: z.string(), params: z.record(z.string(), z.unknown()).optional() })
    .optional(),
});

/** The second step of app-native authentication: what the user has answered to the application. */
export function authnRoutes(services: Services): Hono<Env> {
  const { store, sessions, signIns } = services;
  const routes = new Hono<Env>();

  routes.post("/oauth2/authn", async (context) => {
    const { flowId = "", selectedAuthenticator } = parsed(await context.req.text());
    const flow = flowWith(flowId);
    return ending(context, () => {
      const application = applicationOf(services, flow.request);
      const { options = [] } = pendingStep(application, flow.passed ?? []) ?? {};
      const ask = (asked: typeof options, failure?: Failure) =>
        context.json(promptAnswer({ flowId, place: placeOf(context), options: asked, failure }));
      if (!selectedAuthenticator) throw crash();
      const chosen = optionOf(selectedAuthenticator.authenticatorId);
      if (!chosen) throw nativeError(60004);
      if (!options.some((option) => authenticatorId(option) === authenticatorId(chosen))) throw nativeError(60012);
      if (!isPassword(chosen)) throw nativeError(60006);
      const { username, password } = selectedAuthenticator.params ?? {};
      if (username === undefined || password === undefined) return ask([chosen]);
      const found = userWith(store, textOf(username), textOf(password));
      if ("failure" in found) return ask(options, found.failure);
      flow.passed = [BASIC];
      const next = pendingStep(application, flow.passed);
      if (next) return ask(next.options);
      signIns.native.drop(flowId);
      const session = sessions.start(found.user.id, flow.passed);
      setSessionCookie(context, session);
      return context.json(completedAnswer(answerWithCode(services, flow.request, session)));
    });
  });

  function flowWith(flowId: string): Flow {
    const flow = signIns.native.find(flowId);
    if (flow) return flow;
    throw nativeError(signIns.native.isLate(flowId) ? 60008 : 60009);
  }

  return routes;
}

/**
 * The first step: the authorization request of an application that asks its users itself. Nobody is asked for consent.
 * The client says who it is in what it has `sent`, also where it has pushed the request before.
 */
export function startNative(
  services: Services,
  context: Context<Env>,
  parameters: Parameters,
  sent: Parameters,
): Response {
  const { store, now, signIns } = services;
  const { application: client } = claimedClient({ store, now }, context.req.header("authorization"), sent);
  if (!client || client.oidc?.state === "REVOKED") throw unauthorized(context, "Client credentials are invalid.");
  if (client.advancedConfigurations.attestationMetaData?.enableClientAttestation) {
    throw unauthorized(context, "The sandbox cannot check the attestation that the application asks for.");
  }
  const type = parameters.get("response_type");
  // Newer servers have the flow of devices in this mode, too.
  const isKnown = type === "code" || (type === "device" && isSince(store.tenant.server, "7.2"));
  if (!isKnown) {
    throw nativeError(60001, "App native authentication is only supported with code response type.");
  }
  return ending(context, () => {
    const request = requestOf(store, parameters);
    if (!isNative(applicationOf(services, request))) throw nativeError(60007);
    const session = usableSession(services, request, sessionCookie(context));
    if (session) return context.json(completedAnswer(answerWithCode(services, request, session)));
    if (request.prompts.includes("none")) throw new Returned(request, "login_required", "Authentication required");
    const { options = [] } = pendingStep(client, []) ?? {};
    const flowId = signIns.native.put({ request });
    return context.json(promptAnswer({ flowId, place: placeOf(context), options }));
  });
}

/** What ends a sign-in, as this mode says it: an error for the client is an answer like a code. */
function ending(context: Context<Env>, run: () => Response): Response {
  try {
    return run();
  } catch (error) {
    if (error instanceof Returned) {
      const { address, code, description } = error;
      return context.json(completedAnswer({ error_description: description, error: code, state: address.state }));
    }
    if (!(error instanceof Ended)) throw error;
    if (error.message === "application.disabled") throw nativeError(60011);
    if (error.message === "application.not.found") throw nativeError(60005);
    throw nativeError(60001, `${error.code} - ${error.message}`);
  }
}

function parsed(text: string): z.infer<typeof answered> {
  try {
    return answered.parse(JSON.parse(text));
  } catch {
    throw nativeError(60001);
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function unauthorized(context: Context<Env>, description: string) {
  context.header("WWW-Authenticate", "Basic realm=127.0.0.1");
  return clientUnknown(description);
}
