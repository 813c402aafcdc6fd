import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, changed, type Plan } from "./change";

/** What becomes of an answer. The path is below the tenant, without query: `/api/server/v1/applications`. */
export type Rewrite = (request: { readonly method: string; readonly path: string }, honest: Answer) => Answer;

/** A server in front of another one that hands its answers on, and changes some of them on their way. */
export interface Relay {
  readonly baseUrl: string;
  /** From now on the answers are changed by this plan; undefined hands all on as they are. Requests are counted anew. */
  play(plan: Plan | undefined): void;
  /** From now on the answers are what this function makes of them, for tests of one thing; undefined hands all on. */
  rewrite(by: Rewrite | undefined): void;
  /** How many requests have come since the last call of `play`. */
  readonly requests: number;
  close(): Promise<void>;
}

/** An operation that asks more often than this would never end. */
export const ENOUGH = 100;

const kept = ["content-type", "location", "retry-after", "www-authenticate"];

/** Starts a relay on 127.0.0.1. */
export async function startRelay(target: string): Promise<Relay> {
  let plan: Plan | undefined;
  let rewriting: Rewrite | undefined;
  let seen = 0;

  async function relayed(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const headers = new Headers();
    for (const name of ["authorization", "content-type", "accept"]) {
      const given = request.headers[name];
      if (typeof given === "string") headers.set(name, given);
    }
    const response = await fetch(target + request.url, {
      method: request.method,
      headers,
      ...(body.length > 0 && { body }),
    });
    const pairs = kept.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    return { status: response.status, headers: Object.fromEntries(pairs), text: await response.text() };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const number = seen++;
    const isDue = plan && (number === plan.answer || (plan.stays && number > plan.answer));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const honest = await relayed(request, body);
    const { method = "", url = "" } = request;
    const path = url.replace(/^\/t\/[^/]+|\?.*$/g, "");
    const rewritten = rewriting?.({ method, path }, honest) ?? honest;
    const { status, headers, text } = isDue && plan ? changed(rewritten, plan.change, body.toString()) : rewritten;
    response.writeHead(number > ENOUGH ? 410 : status, headers).end(status === 204 ? undefined : text);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    play(next) {
      plan = next;
      seen = 0;
    },
    rewrite(next) {
      rewriting = next;
    },
    get requests() {
      return seen;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
