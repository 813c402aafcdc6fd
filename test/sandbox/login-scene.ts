import type { Sandbox, SandboxOptions } from "../../sandbox";
import { type Call, callerFor, sandboxFor, textAt } from "./support";

export const password = "Example@Pw1";
export const callback = "https://localhost/callback";
export const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

export interface SignInScene {
  readonly sandbox: Sandbox;
  readonly call: Call;
  /** The user "kim", whose password is `password`. */
  readonly kim: string;
  readonly app: string;
  readonly clientId: string;
  /** `<base>/t/acme` */
  readonly place: string;
}

/** A tenant with the user "kim" and a public web application, whose consent is skipped unless `application` says otherwise. */
export async function signInScene(
  oidc: object = {},
  application: { readonly [name: string]: unknown } = {},
  options: SandboxOptions = {},
): Promise<SignInScene> {
  const sandbox = await sandboxFor({ organization: "acme", ...options });
  const call = await callerFor(sandbox);
  const { id: kim } = await call("POST", "/scim2/Users", { userName: "kim", password });
  const { id: app } = await call("POST", "/applications", {
    name: "Web",
    advancedConfigurations: { skipLoginConsent: true },
    ...application,
    inboundProtocolConfiguration: {
      oidc: { grantTypes: ["authorization_code"], callbackURLs: [callback], publicClient: true, ...oidc },
    },
  });
  const { body } = await call("GET", `/applications/${app}/inbound-protocols/oidc`);
  const place = `${sandbox.baseUrl}/t/acme`;
  return { sandbox, call, kim, app, clientId: textAt(body, "clientId"), place };
}

/** The query of a request that is in order; `changed` replaces parameters, and takes out those that are undefined. */
export function query(
  { clientId }: Pick<SignInScene, "clientId">,
  changed: Record<string, string | undefined> = {},
): URLSearchParams {
  const all = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: callback,
    scope: "openid profile",
    ...changed,
  };
  return new URLSearchParams(
    Object.entries(all).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
  );
}

/** Where an answer leads to, as an address; throws if it leads nowhere. */
export function target({ headers, url }: Pick<Response, "headers" | "url">): URL {
  const location = headers.get("location");
  if (location === null) throw new Error("The answer leads nowhere.");
  return new URL(location, url);
}

/** Gives the application a name that no rule would let through. */
export function renamed({ sandbox, app }: SignInScene, name: string): void {
  const application = sandbox.tenant.applications.find(({ id }) => id === app);
  if (application) application.name = name;
}

/** What an address has in its query. */
export const inQuery = ({ searchParams }: URL) => Object.fromEntries(searchParams);

/** What keeps cookies, follows no redirect by itself, and types into forms. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  async get(url: string | URL): Promise<Response> {
    return this.send(url, { method: "GET" });
  }

  async post(url: string | URL, form: Record<string, string> | URLSearchParams): Promise<Response> {
    return this.send(url, { method: "POST", body: new URLSearchParams(form) });
  }

  /** From an authorization request to where the browser is sent with the right password. */
  async signIn(scene: SignInScene, changed: Record<string, string | undefined> = {}, name = "kim"): Promise<URL> {
    return this.throughTheForm(`${scene.place}/oauth2/authorize?${query(scene, changed)}`, { name, password });
  }

  /** From an address that leads to the login page, by its form, to where the browser is sent after it. */
  async throughTheForm(
    address: string | URL,
    user: { readonly name: string; readonly password: string },
  ): Promise<URL> {
    return this.fillIn(target(await this.get(address)), user);
  }

  /** From the login page, by its form, to where the browser is sent after it. */
  async fillIn(login: URL, user: { readonly name: string; readonly password: string }): Promise<URL> {
    const sessionDataKey = login.searchParams.get("sessionDataKey") ?? "";
    const form = { username: user.name, password: user.password, sessionDataKey };
    const answer = await this.post(new URL("../commonauth", login), form);
    return target(await this.get(target(answer)));
  }

  get sentCookies(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  private async send(url: string | URL, init: RequestInit): Promise<Response> {
    const headers: Record<string, string> = this.cookies.size > 0 ? { cookie: this.sentCookies } : {};
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      this.cookies.set(name, value);
    }
    return response;
  }
}
