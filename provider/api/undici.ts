import type { Agent, Dispatcher, Pool, ProxyAgent } from "undici";

/** What this package uses of undici. */
interface Parts {
  readonly Agent: new (options: Agent.Options) => Agent;
  request(this: Dispatcher, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
}

/** What it uses more where there is a proxy. */
interface ProxyParts {
  readonly ProxyAgent: new (options: ProxyAgent.Options) => ProxyAgent;
  readonly Pool: new (origin: URL, options: Pool.Options) => Pool;
  connect(this: Dispatcher, options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
}

type Load = (name: string) => ReturnType<typeof require>;

/**
 * undici without what nobody needs here (fetch, caches, mocks, web sockets), which would take some 9 MB more in each
 * provider process. These files are not announced by the package, so where a release has them no more, it is used as a
 * whole.
 */
export function parts(load: Load = require): Parts {
  try {
    const { request } = load("undici/lib/api");
    return { Agent: load("undici/lib/dispatcher/agent"), request };
  } catch {
    const whole = load("undici");
    return { Agent: whole.Agent, request: whole.Dispatcher.prototype.request };
  }
}

/** The same for a proxy: loaded only where there is one. */
export function proxyParts(load: Load = require): ProxyParts {
  try {
    const { connect } = load("undici/lib/api");
    return { ProxyAgent: load("undici/lib/dispatcher/proxy-agent"), Pool: load("undici/lib/dispatcher/pool"), connect };
  } catch {
    const { ProxyAgent, Pool, Dispatcher } = load("undici");
    return { ProxyAgent, Pool, connect: Dispatcher.prototype.connect };
  }
}

export const { Agent: UndiciAgent, request: undiciRequest } = parts();
