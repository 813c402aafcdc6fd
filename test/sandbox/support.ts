import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox";
import { wholePath } from "../support/paths";

const ends: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A sandbox that ends with the test. */
export async function sandboxFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  ends.push(() => sandbox.close());
  return sandbox;
}

/** Has something done after the test. */
export function endsWithTest(end: () => Promise<void> | void): void {
  ends.push(end);
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-sandbox-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; undefined if there is no body, a text if it is not JSON. */
  readonly body: unknown;
  /** The last segment of the header `Location`. */
  readonly id: string;
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown = text === "" ? undefined : text;
  if (response.headers.get("content-type")?.includes("json")) body = JSON.parse(text);
  const id = response.headers.get("location")?.split("/").at(-1) ?? "";
  return { status: response.status, headers: response.headers, body, id };
}

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Asks for a token by the client_credentials grant; `form` adds or replaces parameters. */
export async function requestToken(
  sandbox: Sandbox,
  { clientId, clientSecret }: ClientCredentials = sandbox,
  form: Record<string, string> = {},
): Promise<Answer> {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const response = await fetch(`${sandbox.baseUrl}/t/${sandbox.organization}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "SYSTEM", ...form }),
  });
  return answerOf(response);
}

/** A caller of the APIs. A path may be short: see `wholePath`. */
export type Call = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** A caller with a token of the bootstrap client, with these scopes only. */
export async function callerFor(sandbox: Sandbox, scope = "SYSTEM"): Promise<Call> {
  const { body } = await requestToken(sandbox, sandbox, { scope });
  return callerWith(sandbox, textAt(body, "access_token"));
}

/** A caller with a token of its own. */
export function callerWith(sandbox: Pick<Sandbox, "baseUrl" | "organization">, token: string): Call {
  return async (method, path, body) => {
    const response = await fetch(`${sandbox.baseUrl}/t/${sandbox.organization}${wholePath(path)}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    return answerOf(response);
  };
}

/** A member of something parsed, which has to be a text. */
export function textAt(value: unknown, key: string): string {
  const found = valueAt(value, key);
  if (typeof found !== "string") throw new Error(`${key} is not a text in ${JSON.stringify(value)}`);
  return found;
}

/** Something parsed, which has to be an object. */
export function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw new Error(`${JSON.stringify(value)} is not an object`);
  return Object.fromEntries(Object.entries(value));
}

/** A member of something parsed; undefined if there is none. */
export function valueAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );
}

/** A web application with a client, and a business API with two scopes. */
export const webApplication = {
  name: "web",
  inboundProtocolConfiguration: {
    oidc: { grantTypes: ["authorization_code", "refresh_token"], callbackURLs: ["https://web.example.com/cb"] },
  },
};
export const bookings = {
  name: "Bookings",
  identifier: "https://bookings.example.com",
  scopes: [{ name: "bookings:read", displayName: "Read bookings" }, { name: "bookings:write" }],
};

/** Data that lies beside the repository on the machines of its developers: fixtures and OpenAPI documents. */
const shared = resolve(__dirname, "..", "..", "..", "shared");

/** The files of one of its folders; undefined where the folder is not there, and then its tests are skipped. */
export function sharedJson(folder: "fixtures" | "openapi"): ((name: string) => unknown) | undefined {
  if (!existsSync(join(shared, folder))) return undefined;
  return (name) => JSON.parse(readFileSync(join(shared, folder, name), "utf8"));
}
