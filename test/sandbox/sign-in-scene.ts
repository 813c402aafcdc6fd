import { createHash, randomBytes } from "node:crypto";
import type { Sandbox, SandboxOptions } from "../../sandbox";
import type { Services } from "../../sandbox/gate";
import type { OidcModel } from "../../sandbox/models/oidc";
import { startServed } from "../../sandbox/server";
import type { Code } from "../../sandbox/sign-in/codes";
import type { Session } from "../../sandbox/sign-in/sessions";
import {
  type Answer,
  answerOf,
  bookings,
  type Call,
  type ClientCredentials,
  callerFor,
  endsWithTest,
  objectOf,
  textAt,
  valueAt,
} from "./support";

export const redirectUri = "https://localhost/callback";
export const demo = { name: "demo.user", password: "Demo-pass-1" };
export const ids = { userid: "http://wso2.org/claims/userid", roles: "http://wso2.org/claims/roles" };

/** A tenant with a user, a web application, and a business API with two scopes of which a role has the first. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly services: Services;
  /** As the bootstrap client. */
  readonly call: Call;
  readonly userId: string;
  readonly applicationId: string;
  readonly apiId: string;
  readonly roleId: string;
  readonly client: ClientCredentials;
  readonly session: Session;
  /** Sets members of the application's OpenID Connect configuration. */
  configure(change: Partial<OidcModel>): Promise<void>;
  /** A code, as a user who has signed in gives it to the application. */
  code(
    given?: Partial<
      Pick<Code, "scopes" | "challenge" | "nonce" | "redirectUri" | "applicationId" | "sessionId" | "userId">
    >,
  ): string;
  /** Asks the token endpoint as the application, with `form` in its form. */
  token(form: Record<string, string>, client?: ClientCredentials | null): Promise<Answer>;
  /** Exchanges a code for tokens. */
  signedIn(scope?: string): Promise<Record<string, unknown>>;
  /** Asks an endpoint of the tenant. */
  ask(path: string, init?: RequestInit): Promise<Answer>;
}

export async function signInScene(options: SandboxOptions = {}): Promise<Scene> {
  const { sandbox, services } = await startServed({ organization: "acme", user: demo, ...options });
  endsWithTest(() => sandbox.close());
  const call = await callerFor(sandbox);
  const userId = sandbox.tenant.users[0]?.id ?? "";
  const grantTypes = ["authorization_code", "refresh_token", "organization_switch"];
  const { id: applicationId } = await call("POST", "/applications", {
    name: "Web",
    inboundProtocolConfiguration: { oidc: { grantTypes, callbackURLs: [redirectUri] } },
    claimConfiguration: { requestedClaims: ["givenname", "lastname", "roles", "groups"].map(requested) },
  });
  const { id: apiId } = await call("POST", "/api-resources", bookings);
  await call("POST", `/applications/${applicationId}/authorized-apis`, {
    id: apiId,
    policyIdentifier: "RBAC",
    scopes: ["bookings:read", "bookings:write"],
  });
  const { id: roleId } = await call("POST", "/scim2/v2/Roles", {
    displayName: "Booking Admin",
    audience: { type: "application", value: applicationId },
    permissions: [{ value: "bookings:read" }],
    users: [{ value: userId }],
  });
  const path = `/applications/${applicationId}/inbound-protocols/oidc`;
  const oidc = (await call("GET", path)).body;
  const client = { clientId: textAt(oidc, "clientId"), clientSecret: textAt(oidc, "clientSecret") };
  const session = services.sessions.start(userId, ["BasicAuthenticator"]);
  const scene: Omit<Scene, "signedIn"> = {
    ...{ sandbox, services, call, userId, applicationId, apiId, roleId, client, session },
    configure: async (change) => {
      const { status } = await call("PUT", path, { ...objectOf((await call("GET", path)).body), ...change });
      expect(status).toBe(200);
    },
    code: (given) =>
      services.codes.issue({
        applicationId,
        userId,
        scopes: ["openid", "profile"],
        sessionId: session.id,
        nonce: undefined,
        redirectUri,
        challenge: undefined,
        ...given,
      }).value,
    token: (form, as = client) => tokenRequest(sandbox, form, as),
    ask: async (at, init) => answerOf(await fetch(`${sandbox.baseUrl}/t/acme${at}`, { redirect: "manual", ...init })),
  };
  return { ...scene, signedIn: (scope = "openid profile") => signedIn(scene, scope) };
}

function requested(name: string) {
  return { claim: { uri: `http://wso2.org/claims/${name}` } };
}

async function signedIn({ code, token }: Pick<Scene, "code" | "token">, scope: string) {
  const { status, body } = await token(codeForm(code({ scopes: scope.split(" ") })));
  expect(status).toBe(200);
  return Object.fromEntries(Object.entries(body ?? {}));
}

/** The form of a token request with a code. */
export function codeForm(code: string): Record<string, string> {
  return { grant_type: "authorization_code", code, redirect_uri: redirectUri };
}

/** Asks a token endpoint. Without a client, the form has to say which one it is. */
export async function tokenRequest(
  { baseUrl }: Pick<Sandbox, "baseUrl">,
  form: Record<string, string>,
  client: ClientCredentials | null,
  inside = "",
): Promise<Answer> {
  const headers: Record<string, string> = client ? basic(client) : {};
  const body = new URLSearchParams(form);
  return answerOf(await fetch(`${baseUrl}/t/acme${inside}/oauth2/token`, { method: "POST", headers, body }));
}

export function basic({ clientId, clientSecret }: ClientCredentials): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` };
}

export function bearer(token: unknown): { headers: { authorization: string } } {
  return { headers: { authorization: `Bearer ${String(token)}` } };
}

/** A POST with a form. */
export function post(form: Record<string, string>, headers: Record<string, string> = {}): RequestInit {
  return { method: "POST", headers, body: new URLSearchParams(form) };
}

/** The claims of a JWT, unverified. */
export function claimsOf(token: unknown): Record<string, unknown> {
  return partOf(token, 1);
}

export function headerOf(token: unknown): Record<string, unknown> {
  return partOf(token, 0);
}

function partOf(token: unknown, index: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(String(token).split(".")[index] ?? "", "base64url").toString());
}

/** A verifier of PKCE, and its challenge. */
export function pkcePair() {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** A refusal of an endpoint of OAuth 2.0. */
export function refusal(error: string, description: unknown, status = 400) {
  return { status, body: { error, error_description: description } };
}

export function scopesOf(body: unknown): string[] {
  return String(valueAt(body, "scope") ?? "")
    .split(" ")
    .filter(Boolean);
}
