import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Api } from "../../provider/api/api";
import { alone } from "../../provider/api/tally";
import { connect } from "../../provider/connect";
import { Run } from "../../provider/core/run";
import { settingsFrom } from "../../provider/settings";
import { fakeClock } from "./client";
import { lifecyclesOn, type TypeName } from "./managed";

/** What a server answers to a request; a body that is no text is sent as JSON. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A server that answers what a test says, good or bad. */
export interface HostileServer {
  readonly baseUrl: string;
  /** What it answers from now on; to requests for tokens it answers one, where this gives nothing. */
  reply: (asked: Asked) => Reply | undefined;
  close(): Promise<void>;
}

export async function hostileServer(): Promise<HostileServer> {
  const server = createServer(async (incoming, outgoing) => {
    const { method = "", url: path = "" } = incoming;
    const asked = { method, path, body: await bodyOf(incoming) };
    const { status, body = "", headers = {} } = hostile.reply(asked) ?? usual(asked);
    const isText = typeof body === "string";
    outgoing.writeHead(status, { ...(!isText && { "content-type": "application/json" }), ...headers });
    outgoing.end(isText ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const hostile: HostileServer = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reply: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return hostile;
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of message) text += chunk;
  return text;
}

function usual({ path, body }: Asked): Reply {
  if (!path.endsWith("/oauth2/token")) return { status: 404 };
  const scope = new URLSearchParams(body).get("scope") ?? "";
  return { status: 200, body: { access_token: "token-of-the-hostile-server", expires_in: 3600, scope } };
}

/** The secret with which `client` signs in. */
export const bootstrapSecret = "Zq4WmX8vRt2LpYk9_bootstrap";

/** The provider as it works on a server: its client, its operations, and what it has told the user. */
export function client({ baseUrl }: HostileServer) {
  const given: Record<string, unknown> = {
    baseUrl,
    organization: "acme",
    clientId: "bootstrap-id",
    clientSecret: bootstrapSecret,
    requestsPerMinute: 100_000,
  };
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const settings = settingsFrom((key) => given[key.replace("asgardeo:", "")], {});
  const api: Api = connect(settings, { clock: fakeClock(), say, tally: alone });
  const run = new Run(say, 100);
  const lifecycleOf = lifecyclesOn({ api: () => api, run, isReadOnly: () => false });
  return { api, run, said, settings: given, lifecycle: (type: TypeName) => lifecycleOf(type) };
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** All that an operation says: the text of its error, and what it has told before. */
export async function wordsOf(said: readonly string[], work: () => Promise<unknown>): Promise<string> {
  try {
    const texts = textsIn(await work());
    return [...said, ...texts].join("\n");
  } catch (error) {
    const { message, stack, reasons, description, code, cause } = error as Error & Record<string, unknown>;
    const because = cause instanceof Error ? [cause.message, cause.stack] : [];
    return [...said, message, stack, reasons, description, code, ...because].join("\n");
  }
}
