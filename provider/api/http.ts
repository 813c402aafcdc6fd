import type { Dispatcher, Pool } from "undici";
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
  const { ProxyAgent, Pool } = proxyParts();
  return new ProxyAgent({
    ...options,
    uri: proxy.url,
    ...(proxy.authorization !== undefined && { token: proxy.authorization }),
    requestTls: connect,
    proxyTls: connect,
    clientFactory: (origin, given) => tunnelling(new Pool(origin, given), timeout),
  });
}

/**
 * Connections to a proxy whose failures are told apart from those to the server. Without this, undici would ask a proxy
 * that hangs up again at once, and for ever; one that says nothing would be waited for after the request has given up.
 */
function tunnelling(pool: Pool, timeout: number): Dispatcher {
  const connect = pool.connect.bind(pool);
  return Object.assign(pool, {
    async connect(options: Dispatcher.ConnectOptions) {
      const tunnel = await connect({ ...options, signal: AbortSignal.timeout(timeout) }).catch((cause) => {
        throw new NoTunnel(undefined, { cause });
      });
      if (tunnel.statusCode === 200) return tunnel;
      tunnel.socket.on("error", () => {}).destroy();
      throw new NoTunnel(tunnel.statusCode);
    },
  });
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
