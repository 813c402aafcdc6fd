import type { Agent, Dispatcher } from "undici";

/** What this package uses of undici. */
interface Parts {
  readonly Agent: new (options: Agent.Options) => Agent;
  request(this: Dispatcher, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
}

/**
 * undici without what nobody needs here (fetch, caches, mocks, web sockets), which would take some 9 MB more in each
 * provider process. These files are not announced by the package, so where a release has them no more, it is used as a
 * whole.
 */
export function parts(load: (name: string) => ReturnType<typeof require> = require): Parts {
  try {
    const { request } = load("undici/lib/api");
    return { Agent: load("undici/lib/dispatcher/agent"), request };
  } catch {
    const whole = load("undici");
    return { Agent: whole.Agent, request: whole.Dispatcher.prototype.request };
  }
}

export const { Agent: UndiciAgent, request: undiciRequest } = parts();
