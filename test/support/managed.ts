import type { Api } from "../../provider/api/api";
import { connect } from "../../provider/connect";
import type { Properties } from "../../provider/core/clean";
import type { Lifecycle } from "../../provider/core/lifecycle";
import { PartialCreateError } from "../../provider/errors";
import { lifecycles } from "../../provider/resources/index";
import { settingsFrom } from "../../provider/settings";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/index";

/** What a run did to a resource. */
export type Step = "create" | "update" | "replace" | "same";

/** A resource as Pulumi's engine drives it: keeps state between runs, and calls what the engine would call. */
export class Managed {
  id: string | undefined;
  /** What is in state: args as the program wrote them, outputs as the server said. */
  state: Properties = {};
  /** Set where the object was left half-made: the next run updates it, whatever its diff says. */
  incomplete = false;

  constructor(private readonly lifecycle: Lifecycle) {}

  /** Brings the object to the declared args, as `pulumi up`. */
  async up(args: Properties): Promise<Step> {
    const failures = this.lifecycle.check(args);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    if (this.id === undefined) return this.create(args, "create");
    const { changes, replaces } = this.lifecycle.diff(this.state, args);
    if (replaces.length > 0) {
      await this.destroy();
      return this.create(args, "replace");
    }
    if (!changes && !this.incomplete) return "same";
    this.state = (await this.lifecycle.update(this.id, this.state, args)).outs;
    this.incomplete = false;
    return "update";
  }

  private async create(args: Properties, step: Step): Promise<Step> {
    try {
      const { id, outs } = await this.lifecycle.create(args);
      this.id = id;
      this.state = outs;
      return step;
    } catch (error) {
      if (error instanceof PartialCreateError) {
        this.id = error.id;
        this.state = error.properties;
        this.incomplete = true;
      }
      throw error;
    }
  }

  /** Reads the live object into state, as `pulumi refresh`. */
  async refresh(): Promise<void> {
    if (this.id === undefined) return;
    const live = await this.lifecycle.read(this.id, this.state);
    this.state = live?.props ?? {};
    if (!live) this.id = undefined;
  }

  async destroy(): Promise<void> {
    if (this.id !== undefined) await this.lifecycle.delete(this.id, this.state);
    this.id = undefined;
    this.state = {};
    this.incomplete = false;
  }
}

/** A sandbox, and the provider that works on it. */
export interface TestTenant {
  readonly sandbox: Sandbox;
  readonly api: Api;
  /** A resource that does not exist yet. */
  resource(type: "ApiAuthorization" | "ApiResource" | "Application"): Managed;
  /** Requests to the management APIs since the last call of this function, such as `POST /applications`. */
  requests(): string[];
  /** The live object, as the console shows it. */
  live<T = Record<string, unknown>>(path: string): Promise<T>;
  close(): Promise<void>;
}

/** Starts a tenant of its own for a test, and signs in as its bootstrap client. */
export async function testTenant(options: SandboxOptions = {}): Promise<TestTenant> {
  return reconnected(await startSandbox(options));
}

/** The provider of a further run on the same tenant: it knows nothing of the earlier ones, and takes tokens of its own. */
export function reconnected(sandbox: Sandbox): TestTenant {
  const { baseUrl, organization, clientId, clientSecret } = sandbox;
  const given: Record<string, unknown> = { baseUrl, organization, clientId, clientSecret, requestsPerMinute: 100_000 };
  const api = connect(settingsFrom((key) => given[key.replace("asgardeo:", "")], {}));
  let seen = 0;
  return {
    sandbox,
    api,
    resource: (type) => {
      const make = lifecycles[type];
      if (!make) throw new Error(`no resource ${type}`);
      return new Managed(make(() => api));
    },
    requests: () => {
      const fresh = sandbox.requests.slice(seen).filter(({ path }) => !path.includes("/oauth2/token"));
      seen = sandbox.requests.length;
      return fresh.map(({ method, path }) => `${method} ${path.replace(/^.*\/api\/server\/v1/, "")}`);
    },
    live: async <T>(path: string) => {
      const { status, body } = await sandbox.console("GET", `/api/server/v1${path}`);
      if (status !== 200) throw new Error(`GET ${path}: ${status}`);
      return body as T;
    },
    close: () => sandbox.close(),
  };
}
