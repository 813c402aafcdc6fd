import type { Application } from "../models/application";
import type { Oidc } from "../models/oidc";
import { OAuthError } from "../oauth-error";
import type { Store } from "../store";
import type { Code } from "./codes";
import { Ended, Returned } from "./ends";
import type { Parameters } from "./parameters";
import { challengeOf } from "./pkce";
import { isRegistered, type ReturnAddress } from "./redirects";

/** An authorization request (RFC 6749, 4.1.1) that may be answered with a code, once a user has signed in. */
export interface AuthorizationRequest extends ReturnAddress {
  readonly applicationId: string;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  readonly challenge: Code["challenge"];
  readonly prompts: readonly string[];
  /** How old a sign-in may be that is used again, in seconds. */
  readonly maxAge: number | undefined;
  /** The user name to begin with. */
  readonly loginHint: string | undefined;
  /** What the request had in it, as the login page gets it. */
  readonly parameters: Parameters;
}

type Client = Application & { readonly oidc: Oidc };

const responseTypes = [
  "code",
  "token",
  "id_token",
  "id_token token",
  "code token",
  "code id_token",
  "code id_token token",
];
const prompts = ["none", "login", "consent", "select_account"];

/** The application that asks, and where its answer goes. Until both are known, errors are told to the user, and not to the client. */
export function addressOf(store: Store, parameters: Parameters): { client: Client; address: ReturnAddress } {
  const clientId = parameters.get("client_id");
  if (!clientId) throw new Ended("invalid_request", "Client Id is not present in the authorization request");
  const application = store.clientOwner(clientId);
  if (!application?.oidc) throw new Ended("invalid_client", "application.not.found");
  const client = { ...application, oidc: application.oidc };
  const redirectUri = parameters.raw("redirect_uri");
  if (!redirectUri || !isRegistered(client.oidc.callbackURLs ?? [], redirectUri)) {
    throw new Ended("invalid_callback", "callback.not.match");
  }
  if (client.oidc.state === "REVOKED") {
    throw new Ended("invalid_client", "Oauth application is not in active state");
  }
  const wanted = parameters.get("response_mode");
  const mode = wanted === "fragment" || wanted === "form_post" ? wanted : "query";
  return { client, address: { clientId, redirectUri, mode, state: parameters.raw("state") || undefined } };
}

/** The authorization request that a client has sent, or the error that it is answered. */
export function requestOf(store: Store, parameters: Parameters): AuthorizationRequest {
  const { client, address } = addressOf(store, parameters);
  try {
    return { ...address, ...askedOf(client, parameters) };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    throw new Returned(address, error.code, error.description);
  }
}

function askedOf({ id, oidc }: Client, parameters: Parameters): Omit<AuthorizationRequest, keyof ReturnAddress> {
  if (parameters.hasRepeated) throw invalid("Invalid authorization request with repeated parameters");
  refuseOtherAnswers(parameters);
  if (oidc.pushAuthorizationRequest?.requirePushAuthorizationRequest && !parameters.isPushed) {
    throw invalid("PAR request is mandatory for the application.");
  }
  refuseGrant(oidc, parameters.get("response_type") ?? "");
  const challenge = challengeOf(oidc.pkce, parameters.get("code_challenge"), parameters.get("code_challenge_method"));
  return {
    applicationId: id,
    scopes: [...new Set((parameters.get("scope") ?? "").split(/\s+/).filter(Boolean))],
    nonce: parameters.raw("nonce") || undefined,
    challenge,
    prompts: promptsOf(parameters.get("prompt")),
    maxAge: maxAgeOf(parameters.get("max_age")),
    loginHint: parameters.get("login_hint"),
    parameters,
  };
}

/** Refuses what asks for no answer, or for one that nobody gives. */
export function refuseOtherAnswers(parameters: Parameters): void {
  const type = parameters.get("response_type");
  if (!type) throw invalid("Missing response_type parameter value");
  if (!responseTypes.includes(sorted(type))) throw invalid("Invalid response_type parameter value");
  const mode = parameters.get("response_mode") ?? "query";
  if (!["query", "fragment", "form_post", "direct"].includes(mode)) {
    throw invalid(`The sandbox does not have the response mode ${mode}.`);
  }
}

/** The words of a response type come in any order. */
function sorted(type: string): string {
  return type.split(/\s+/).sort().join(" ");
}

/** Each response type stands for a grant. The sandbox has that of codes alone. */
function refuseGrant({ grantTypes, hybridFlow }: Oidc, type: string): void {
  const needed = type.split(/\s+/).includes("code") ? "authorization_code" : "implicit";
  const isHybrid = needed === "authorization_code" && type !== "code";
  if (!grantTypes.includes(needed) || (isHybrid && !hybridFlow?.enable)) {
    throw new OAuthError(400, "unauthorized_client", "not.authorized.to.use.requested.grant.type");
  }
  if (type !== "code") {
    throw new OAuthError(400, "unsupported_response_type", "The sandbox has the response type code only.");
  }
}

function promptsOf(prompt: string | undefined): string[] {
  const asked = (prompt ?? "").split(/\s+/).filter(Boolean);
  if (asked.length > 0 && !asked.some((each) => prompts.includes(each))) {
    throw invalid("Invalid prompt variables passed with the authorization request");
  }
  if (asked.length > 1 && asked.includes("none")) {
    throw invalid("Invalid prompt variable combination. The value 'none' cannot be used with others prompts.");
  }
  return asked;
}

function maxAgeOf(maxAge: string | undefined): number | undefined {
  if (maxAge === undefined) return undefined;
  if (!/^\d+$/.test(maxAge)) throw invalid("Invalid max_age value in the authorization request");
  return Number(maxAge);
}

function invalid(description: string): OAuthError {
  return new OAuthError(400, "invalid_request", description);
}
