import type { Api } from "./api/api";
import { connect } from "./connect";
import type { Failure } from "./core/check";
import { clean, type Properties } from "./core/clean";
import type { Difference } from "./core/diff";
import { PartialCreateError, reasonOf, SettingsError } from "./errors";
import { lifecycles } from "./resources/index";
import { type Config, configOf, type Settings, settingsFrom } from "./settings";

/** What Pulumi's provider process calls; names and shapes are Pulumi's. */
export interface DynamicProvider {
  configure(request: { config: { get(key: string): unknown } }): void;
  check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: Failure[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<Difference>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(id: string, props: Properties): Promise<{ id: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

/** One process serves one tenant: an explicit provider has a process of its own. All types share client and tokens. */
let config: Config = () => undefined;
let client: Api | undefined;

/** The provider of a type: what the text in Pulumi's state asks for. */
export function provider(type: string): DynamicProvider {
  const make = lifecycles[type];
  if (!make) {
    throw new Reported(
      `this version of pulumi-asgardeo has no resource type ${type}; install the version that made it`,
    );
  }
  const lifecycle = make({
    api: () => {
      client ??= connect(settings());
      return client;
    },
    isReadOnly: () => settings().readOnly,
    say,
  });

  /** What the tenant would refuse, and what good practice does: the latter is told only of what will change. */
  async function soundFailures(olds: Properties, news: Properties): Promise<Failure[]> {
    const { failures, findings, label } = await lifecycle.preflight(olds, news);
    if (settings().strict) return [...failures, ...findings];
    for (const { reason } of findings) say(`warning: ${label}: ${reason}`);
    return failures;
  }

  return {
    // Nothing but noting it: Pulumi does not wait for the end of `configure` before it makes the next call.
    configure({ config: given }) {
      config = configOf(given);
    },

    async check(olds, news) {
      const failures = [...lifecycle.check(news), ...settingsFailures()];
      const isSound = failures.length === 0 && !isReported;
      const all = isSound ? await soundFailures(olds, news) : failures;
      // Pulumi prints the whole value of a property that is named, secrets included; the reason has the path anyway.
      return { inputs: clean(news), failures: all.map(({ reason }) => ({ property: "", reason })) };
    },

    async diff(_, olds, news) {
      return lifecycle.diff(olds, news);
    },

    create: (inputs) =>
      explained(async () => {
        refuseReadOnly("create", type);
        return lifecycle.create(inputs);
      }, inputs),

    read: (id, props) =>
      explained(async () => {
        const live = await lifecycle.read(id, props);
        return live ? { id, ...live } : { id: "" };
      }, props),

    update: (id, olds, news) =>
      explained(async () => {
        refuseReadOnly("update", id);
        return lifecycle.update(id, olds, news);
      }, news),

    delete: (id, props) =>
      explained(async () => {
        refuseReadOnly("delete", id);
        return lifecycle.delete(id, props);
      }, props),
  };
}

/** Pulumi shows what the provider process writes as a line of the run. */
function say(text: string): void {
  process.stderr.write(`asgardeo: ${text}\n`);
}

function settings(): Settings {
  const found = settingsFrom(config);
  if (!isWarned) for (const warning of found.warnings) say(`warning: ${warning}`);
  isWarned = true;
  return found;
}

let isWarned = false;

let isReported = false;

/** A preview must fail where the run would: settings cost no request. One resource says it for all. */
function settingsFailures(): Failure[] {
  try {
    settings();
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const failures = isReported ? [] : [{ property: "", reason: error.message }];
    isReported = true;
    return failures;
  }
}

function refuseReadOnly(verb: string, what: string): void {
  if (settings().readOnly) {
    throw new SettingsError(
      `readOnly: will not ${verb} ${what}, since this provider may only read (asgardeo:readOnly or ASGARDEO_READ_ONLY)`,
    );
  }
}

/** Pulumi prints an error as `${error}: ${error.stack}`: this one has nothing to show but its message. */
class Reported extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }

  override toString(): string {
    return "asgardeo";
  }
}

/** Errors as Pulumi is to see them: without a stack, and with what it needs to record a half-made object. */
async function explained<T>(work: () => Promise<T>, inputs: Properties): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reported = new Reported(reasonOf(error));
    if (error instanceof PartialCreateError) {
      const { id, properties, reasons } = error;
      // Pulumi adds the provider to every answer but this one, and cannot delete the object without it.
      Object.assign(reported, { id, reasons, properties: { ...properties, __provider: inputs.__provider } });
    }
    throw reported;
  }
}
