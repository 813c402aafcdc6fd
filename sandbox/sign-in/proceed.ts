import { createHash, randomBytes } from "node:crypto";
import { effectiveSequence } from "../application/sequence";
import type { Services } from "../gate";
import type { Application, AuthenticationSequence } from "../models/application";
import { Ended } from "./ends";
import type { Answer } from "./redirects";
import type { AuthorizationRequest } from "./request";
import type { Session } from "./sessions";

export type Step = NonNullable<AuthenticationSequence["steps"]>[number];

/** The application of a request: it may have been deleted since. */
export function applicationOf({ store }: Services, { applicationId }: AuthorizationRequest): Application {
  const application = store.application(applicationId);
  if (!application?.oidc) throw new Ended("invalid_client", "application.not.found");
  if (!application.applicationEnabled) throw new Ended("invalid_client", "application.disabled");
  return application;
}

/** The first step of an application's login flow that is not passed yet. */
export function pendingStep({ authenticationSequence }: Application, passed: readonly string[]): Step | undefined {
  const { steps = [] } = effectiveSequence(authenticationSequence);
  return steps.find(({ options }) => !options.some(({ authenticator }) => passed.includes(authenticator)));
}

/** Whether the user has to be asked before the application gets an answer. */
export function needsConsent(services: Services, request: AuthorizationRequest, { userId }: Session): boolean {
  if (applicationOf(services, request).advancedConfigurations.skipLoginConsent) return false;
  return request.prompts.includes("consent") || !services.signIns.hasAgreed(request, userId);
}

/** What a client gets in the end: a code, and what tells it later whether the session has changed. */
export function answerWithCode(services: Services, request: AuthorizationRequest, session: Session): Answer {
  const { applicationId, scopes, redirectUri, challenge, nonce, state, clientId } = request;
  applicationOf(services, request);
  const { id: sessionId, userId } = session;
  const code = services.codes.issue({ applicationId, userId, scopes, sessionId, nonce, redirectUri, challenge });
  return { code: code.value, session_state: sessionState(clientId, redirectUri, sessionId), state };
}

/** A salted hash, as OpenID Connect Session Management 1.0 has it. */
function sessionState(clientId: string, redirectUri: string, sessionId: string): string {
  const salt = randomBytes(12).toString("base64url");
  const [origin = ""] = /^[^:]+:\/\/[^/?#]*/.exec(redirectUri) ?? [];
  const hash = createHash("sha256").update(`${clientId} ${origin} ${sessionId} ${salt}`).digest("hex");
  return `${hash}.${salt}`;
}
