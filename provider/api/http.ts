import type { Dispatcher } from "undici";
import { ResponseError } from "../errors";
import { textOf } from "./body";
import type { Send } from "./exchange";
import { connectionError } from "./failure";
import { type HttpProxy, NoTunnel } from "./proxy";
import { trusting } from "./trust";
import { proxyParts, UndiciAgent, undiciRequest } from "./undici";

/** How servers are reached. */
export interface Way {
  /** PEM certificates that are trusted besides the usual ones: of the server, and of a proxy. */
  readonly certificates?: readonly string[];
  readonly proxy?: HttpProxy | undefined;
  /** The time limit for a connection, and for the tunnel through a proxy. Default: ten seconds. */
  readonly connectSeconds?: number;
}

/** The keep-alive agent of this process. */
export function agent({ certificates, proxy, connectSeconds = 10 }: Way): Dispatcher {
  const timeout = connectSeconds * 1000;
  const connect = { timeout, ...trusting(certificates) };
  // Shorter than servers keep an idle connection: a POST on one that is just being closed cannot be repeated.
  const options = { keepAliveTimeout: 10_000, connections: 32 };
  if (!proxy) return new UndiciAgent({ ...options, connect });
  const { ProxyAgent, Pool, connect: askFor } = proxyParts();
  return new ProxyAgent({
    ...options,
    uri: proxy.url,
    ...(proxy.authorization !== undefined && { token: proxy.authorization }),
    requestTls: connect,
    proxyTls: connect,
    clientFactory: (origin, given) => {
      const pool = new Pool(origin, given);
      return Object.assign(pool, {
        connect: (options: Dispatcher.ConnectOptions) =>
          tunnelOf(askFor.call(pool, { ...options, signal: AbortSignal.timeout(timeout) })),
      });
    },
  });
}

/**
 * A tunnel, or a failure that can be told from those of the server behind it. With errors of its own, undici would ask a
 * proxy that hangs up again at once, and for ever.
 */
async function tunnelOf(asked: Promise<Dispatcher.ConnectData>): Promise<Dispatcher.ConnectData> {
  const tunnel = await asked.catch((cause) => {
    throw new NoTunnel(undefined, { cause });
  });
  if (tunnel.statusCode === 200) return tunnel;
  tunnel.socket.on("error", () => {}).destroy();
  throw new NoTunnel(tunnel.statusCode);
}

/** The bottom layer: undici, one attempt, one time limit over the whole exchange. `proxy` is the dispatcher's, for errors. */
export function overHttp(dispatcher: Dispatcher, timeoutSeconds: number, proxy?: HttpProxy): Send {
  return async ({ method, url, headers, body }) => {
    try {
      const signal = AbortSignal.timeout(timeoutSeconds * 1000);
      const { origin, pathname, search } = new URL(url);
      const answer = await undiciRequest.call(dispatcher, {
        origin,
        path: `${pathname}${search}`,
        method,
        headers: { "user-agent": "pulumi-asgardeo", "accept-encoding": "identity", ...headers },
        body,
        signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const { statusCode: status } = answer;
      const one = single(answer.headers);
      const text = await textOf(`${method} ${pathname}`, { statusCode: status, headers: one, body: answer.body });
      return { status, headers: one, text };
    } catch (cause) {
      if (cause instanceof ResponseError) throw cause;
      throw connectionError({ method, url, timeoutSeconds, proxy }, cause);
    }
  };
}

/** No header that the client reads may come twice; of one that does, the first counts. */
function single(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, Array.isArray(v) ? v[0] : v]));
}
