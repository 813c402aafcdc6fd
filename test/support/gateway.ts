import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that stands still in the gateway, for as long as nobody lets it go. */
export interface Held {
  readonly method: string;
  readonly path: string;
  /** Lets it go on, and resolves when the server has answered. Whoever has sent it may be dead by then. */
  release(): Promise<void>;
}

/** Which request is held, counted from now, and whether the server has already carried it out then. */
export interface Hold {
  readonly skip: number;
  readonly only: "writes" | "all";
  readonly when: "before" | "after";
}

/** A gateway in front of a server: it can stop in the middle of a request, so that a test can act at a known moment. */
export interface Gateway {
  readonly baseUrl: string;
  /** The scopes that were asked for since the last call, one list for each request for a token. */
  scopes(): string[][];
  /** Resolves when the request is there. Requests for tokens are not counted. */
  hold(which: Hold): Promise<Held>;
  /** Holds nothing any more that has not come yet. */
  letAllGo(): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export async function startGateway(target: string): Promise<Gateway> {
  let asked: string[][] = [];
  let waiting: { which: Hold; left: number; tell: (held: Held) => void } | undefined;

  function chosen({ method = "", url = "" }: IncomingMessage): typeof waiting {
    const isCounted = /\/(api|scim2)\//.test(url) && (waiting?.which.only === "all" || method !== "GET");
    if (!waiting || !isCounted || waiting.left-- > 0) return undefined;
    const found = waiting;
    waiting = undefined;
    return found;
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const found = chosen(incoming);
    const body = await bodyOf(incoming);
    const { method = "", url: path = "" } = incoming;
    if (path.endsWith("/oauth2/token")) asked.push(scopesIn(body));
    const send = () => forwarded(target, incoming, body);
    if (!found) return answer(outgoing, await send());
    const early = found.which.when === "after" ? await send() : undefined;
    const release = async () => answer(outgoing, early ?? (await send()));
    found.tell({ method, path, release: () => release().catch(() => broken(outgoing)) });
  }

  /** A connection that the server has broken is broken here, too. */
  const broken = (outgoing: ServerResponse) => {
    outgoing.socket?.resetAndDestroy();
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => broken(outgoing));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    scopes: () => {
      const all = asked;
      asked = [];
      return all;
    },
    hold: (which) =>
      new Promise((tell) => {
        waiting = { which, left: which.skip, tell };
      }),
    letAllGo: () => {
      waiting = undefined;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function scopesIn(form: Buffer): string[] {
  return (new URLSearchParams(form.toString()).get("scope") ?? "").split(" ").filter(Boolean);
}

function forwarded(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { host: _, connection: __, ...rest } = headers;
    const sent = request(new URL(url ?? "/", target), { method, headers: rest, agent: false }, (answer) => {
      bodyOf(answer).then(
        (text) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: text }),
        reject,
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

function answer(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { connection: _, "keep-alive": __, "transfer-encoding": ___, ...rest } = headers;
  outgoing.writeHead(status, { ...rest, "content-length": body.length });
  outgoing.end(body);
}
