import type { Api } from "../../provider/api/api";
import type { Clock } from "../../provider/api/clock";
import { alone } from "../../provider/api/tally";
import { connect } from "../../provider/connect";
import type { Properties } from "../../provider/core/clean";
import type { Lifecycle, Outlook, Surroundings } from "../../provider/core/lifecycle";
import { Run } from "../../provider/core/run";
import { PartialCreateError } from "../../provider/errors";
import { lifecycles } from "../../provider/resources/index";
import { settingsFrom } from "../../provider/settings";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/index";
import { shortPath, wholePath } from "./paths";

/** The types of resources that there are. */
export type TypeName = keyof typeof lifecycles;

/** What a run did to a resource. */
export type Step = "create" | "update" | "replace" | "same";

/** A resource as Pulumi's engine drives it: keeps state between runs, and calls what the engine would call. */
export class Managed {
  id: string | undefined;
  /** What is in state: args as the program wrote them, outputs as the server said. */
  state: Properties = {};
  /** The inputs in state: what the program said at last, or what a refresh has found. */
  inputs: Properties = {};
  /** Set where the object was left half-made: the next run updates it, whatever its diff says. */
  incomplete = false;

  constructor(private readonly lifecycle: Lifecycle) {}

  /** What a preview of these args reports, as the reasons of failed checks. */
  async preview(args: Properties): Promise<string[]> {
    return this.failures(this.inputs, args);
  }

  /** All that looking ahead at these args tells. */
  outlook(args: Properties): Promise<Outlook> {
    return this.lifecycle.preflight(this.inputs, args);
  }

  /** Brings the object to the declared args, as `pulumi up`. */
  async up(args: Properties): Promise<Step> {
    return this.carryOut(args, await this.plan(args));
  }

  /** The same without what is known before: as if somebody had changed the tenant after the checks. */
  async apply(args: Properties): Promise<Step> {
    return this.carryOut(args, await this.step(args));
  }

  /** What the engine finds out before it does anything. A forced replacement is checked like a new object. */
  async plan(args: Properties, isForced = false): Promise<Step> {
    await this.checked(isForced ? {} : this.inputs, args);
    return isForced && this.id !== undefined ? "replace" : this.step(args);
  }

  private async step(args: Properties): Promise<Step> {
    if (this.id === undefined) return "create";
    const { changes, replaces } = this.lifecycle.diff(this.id, this.state, args);
    // The engine checks once more, as if the object were new.
    if (replaces.length > 0) await this.checked({}, args);
    return replaces.length > 0 ? "replace" : changes || this.incomplete ? "update" : "same";
  }

  /** What the engine does after that. */
  async carryOut(args: Properties, step: Step): Promise<Step> {
    if (step === "replace") await this.destroy();
    if (this.id === undefined) return this.create(args, step);
    if (step === "same") {
      this.inputs = args;
      return step;
    }
    try {
      this.state = (await this.lifecycle.update(this.id, this.state, args)).outs;
    } catch (error) {
      if (error instanceof PartialCreateError) this.halfDone(error, args);
      throw error;
    }
    this.inputs = args;
    this.incomplete = false;
    return step;
  }

  private async failures(old: Properties, args: Properties): Promise<string[]> {
    const failures = this.lifecycle.check(args);
    const all = failures.length > 0 ? failures : (await this.lifecycle.preflight(old, args)).failures;
    return all.map(({ reason }) => reason);
  }

  private async checked(old: Properties, args: Properties): Promise<void> {
    const reasons = await this.failures(old, args);
    if (reasons.length > 0) throw new Error(reasons.join("\n"));
  }

  private async create(args: Properties, step: Step): Promise<Step> {
    try {
      const { id, outs } = await this.lifecycle.create(args);
      this.id = id;
      this.state = outs;
      this.inputs = args;
      return step;
    } catch (error) {
      if (error instanceof PartialCreateError) this.halfDone(error, args);
      throw error;
    }
  }

  private halfDone({ id, properties }: PartialCreateError, args: Properties): void {
    this.id = id;
    this.state = properties;
    this.inputs = args;
    this.incomplete = true;
  }

  /** Reads the live object into state, as `pulumi refresh`. */
  async refresh(): Promise<void> {
    if (this.id === undefined) return;
    const live = await this.lifecycle.read(this.id, this.state);
    this.state = live?.props ?? {};
    this.inputs = live?.inputs ?? {};
    if (!live) this.id = undefined;
  }

  async destroy(): Promise<void> {
    if (this.id !== undefined) await this.lifecycle.delete(this.id, this.state);
    this.id = undefined;
    this.state = {};
    this.inputs = {};
    this.incomplete = false;
  }
}

/** A sandbox, and the provider that works on it. */
export interface TestTenant {
  readonly sandbox: Sandbox;
  readonly api: Api;
  /** A resource that does not exist yet. */
  resource(type: TypeName): Managed;
  /** What the provider has told the user. */
  readonly said: readonly string[];
  /** Requests to the APIs since the last call of this function, such as `POST /applications`: see `shortPath`. */
  requests(): string[];
  /** The live object, as the console shows it. The path may be short: see `wholePath`. */
  live<T = Record<string, unknown>>(path: string): Promise<T>;
  close(): Promise<void>;
}

/** Starts a tenant of its own for a test, and signs in as its bootstrap client. */
export async function testTenant(options: SandboxOptions = {}): Promise<TestTenant> {
  return reconnected(await startSandbox(options));
}

/** The lifecycles as in a process of Pulumi's: one for each type. */
export function lifecyclesOn(surroundings: Surroundings): (type: TypeName) => Lifecycle {
  const made = new Map<TypeName, Lifecycle>();
  return (type) => {
    const lifecycle = made.get(type) ?? lifecycles[type](surroundings);
    made.set(type, lifecycle);
    return lifecycle;
  };
}

/**
 * The provider of a further run on the same tenant: it knows nothing of the earlier ones, and takes tokens of its own.
 * It can reach the tenant by way of another server, wait by another clock, and work in an organization of the tenant.
 */
export function reconnected(
  sandbox: Sandbox,
  by: { readonly baseUrl?: string; readonly clock?: Clock; readonly childOrganization?: string } = {},
): TestTenant {
  const { organization, clientId, clientSecret } = sandbox;
  const { baseUrl = sandbox.baseUrl, clock, childOrganization } = by;
  const client = { clientId, clientSecret, requestsPerMinute: 100_000 };
  const given: Record<string, unknown> = { baseUrl, organization, childOrganization, ...client };
  const settings = settingsFrom((key) => given[key.replace("asgardeo:", "")], {});
  const api = connect(settings, { clock, tally: alone });
  let seen = sandbox.requests.length;
  const said: string[] = [];
  const run = new Run((text) => void said.push(text), 100);
  const lifecycleOf = lifecyclesOn({ api: () => api, run, isReadOnly: () => false });
  return {
    sandbox,
    api,
    said,
    resource: (type) => new Managed(lifecycleOf(type)),
    requests: () => {
      const fresh = sandbox.requests.slice(seen).filter(({ path }) => !path.includes("/oauth2/token"));
      seen = sandbox.requests.length;
      return fresh.map(({ method, path }) => `${method} ${shortPath(path)}`);
    },
    live: async <T>(path: string) => {
      const { status, body } = await sandbox.console("GET", wholePath(path));
      if (status !== 200) throw new Error(`GET ${path}: ${status}`);
      return body as T;
    },
    close: () => sandbox.close(),
  };
}
