import type { Api } from "./api/api";
import { connect } from "./connect";
import type { Operation } from "./core/access";
import type { Failure } from "./core/check";
import type { Properties } from "./core/clean";
import type { Difference } from "./core/diff";
import type { Lifecycle } from "./core/lifecycle";
import { Run } from "./core/run";
import { type Told, toldIn } from "./core/told";
import { AsgardeoError, reasonOf, SettingsError } from "./errors";
import { lifecycles, scopesToDo, scopesWith, typesWith } from "./resources/index";
import { levelFailures } from "./resources/organization-level";
import { type Config, type Settings, settingsFrom } from "./settings";
import { visible } from "./visible";

/** What a transport gives to the provider: where settings come from, and where lines for the user go. */
export interface Surroundings {
  /** Where a setting comes from beside the environment. It may change until the first call of a resource. */
  config(): Config;
  /** Shows a line to the user. */
  say(text: string): void;
  /** Aborted when the user ends the run. Default: at the call by which Pulumi's engine says so to this process. */
  readonly cancelled?: AbortSignal;
}

/** The operations of one kind of resource, whatever the transport: errors say what the user is to read. */
export interface Service {
  check(olds: Properties, news: Properties): Promise<Failure[]>;
  diff(id: string, olds: Properties, news: Properties): Difference;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  /** Undefined where the object is gone. */
  read(id: string, props: Properties): Promise<{ inputs: Properties; props: Properties } | undefined>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

/** The provider of one tenant in one run, without any transport: all types share client, tokens and what is known of the program. */
export class Provision {
  private readonly run: Run;
  /** The client, and the settings that it has: from then on they do not change. */
  private connection: { readonly api: Api; readonly settings: Settings } | undefined;
  /** What the program has told of itself, if it runs. */
  private told: Told | undefined;
  /** The types of the resources that Pulumi has shown. */
  private readonly shown = new Set<string>();

  constructor(private readonly surroundings: Surroundings) {
    this.run = new Run(surroundings.say);
  }

  /** The operations of a type; undefined where this version has no such type. */
  resource(type: string): Service | undefined {
    const make = new Map(Object.entries(lifecycles)).get(type);
    if (!make) return undefined;
    const lifecycle = make({
      api: () => this.api(),
      run: this.run,
      isReadOnly: () => this.settings().readOnly,
      isPreview: () => this.told?.isPreview ?? false,
      expect: (operations) => this.api().inUse(scopesToDo(operations, this.others(type, operations)), scopesWith(type)),
    });
    return this.guarded(type, lifecycle);
  }

  /** What the user is to read of an error. What hits all resources is said once in full, and in short by the others. */
  reason(error: unknown): string {
    return error instanceof AsgardeoError ? this.run.causes.told(error) : visible(reasonOf(error));
  }

  /**
   * The types to which the same may be done in this run, so that the first token serves them, too: those that the program
   * declares, and Pulumi has not shown yet. What is deleted is not declared any more; it is taken to be of types that are.
   */
  private others(type: string, operations: readonly Operation[]): readonly string[] {
    if (!this.told) return typesWith(type);
    const isEnd = operations.every((operation) => operation === "delete");
    return isEnd ? this.told.types : this.told.types.filter((each) => !this.shown.has(each));
  }

  private guarded(type: string, lifecycle: Lifecycle): Service {
    const writing = async <T>(verb: string, what: string, work: () => Promise<T>) => {
      this.refuseReadOnly(verb, what);
      return work();
    };
    return {
      check: async (olds, news) => {
        this.told = toldIn(news) ?? this.told;
        this.shown.add(type);
        const { settings, all } = this.settingsFailures();
        const failures = [...lifecycle.check(news), ...levelFailures(type, settings?.childOrganization)];
        if (failures.length > 0 || !settings) return [...failures, ...all];
        return this.outlook(lifecycle, settings, olds, news);
      },
      diff: (id, olds, news) => lifecycle.diff(id, olds, news),
      create: (inputs) => writing("create", type, () => lifecycle.create(inputs)),
      read: (id, props) => lifecycle.read(id, props),
      update: (id, olds, news) => writing("update", id, () => lifecycle.update(id, olds, news)),
      delete: (id, props) => writing("delete", id, () => lifecycle.delete(id, props)),
    };
  }

  /** What the tenant would refuse, and what good practice does: without `strict`, the latter is told only of what changes. */
  private async outlook(
    lifecycle: Lifecycle,
    { strict }: Settings,
    olds: Properties,
    news: Properties,
  ): Promise<Failure[]> {
    const { isChanged, failures, findings, label } = await lifecycle.preflight(olds, news);
    if (strict) return [...failures, ...findings];
    if (isChanged) for (const { reason } of findings) this.run.say(`warning: ${label}: ${reason}`);
    return failures;
  }

  private api(): Api {
    const { say, cancelled } = this.surroundings;
    if (!this.connection) {
      const settings = this.settings();
      const api = connect(settings, { say, ...(cancelled && { cancelled }) });
      // Nothing until an operation says so.
      api.inUse([], []);
      this.connection = { api, settings };
    }
    return this.connection.api;
  }

  private settings(): Settings {
    if (this.connection) return this.connection.settings;
    const found = settingsFrom(this.surroundings.config());
    for (const warning of found.warnings) this.run.say(`warning: ${warning}`);
    return found;
  }

  /** A preview must fail where the run would: settings cost no request. */
  private settingsFailures(): { settings?: Settings; all: Failure[] } {
    try {
      return { settings: this.settings(), all: [] };
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      return { all: [{ property: "", reason: this.run.causes.told(error) }] };
    }
  }

  private refuseReadOnly(verb: string, what: string): void {
    if (!this.settings().readOnly) return;
    throw new SettingsError(
      `readOnly: will not ${verb} ${what}, since this provider may only read (asgardeo:readOnly or ASGARDEO_READ_ONLY)`,
    );
  }
}
