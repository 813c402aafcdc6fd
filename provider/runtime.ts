import type { Failure } from "./core/check";
import { clean, type Properties } from "./core/clean";
import type { Difference } from "./core/diff";
import { withoutTold } from "./core/told";
import { PartialCreateError } from "./errors";
import { keepParserSmall } from "./parser-memory";
import { Provision } from "./service";
import { type Config, configOf } from "./settings";

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

keepParserSmall();

/** One process serves one tenant: an explicit provider has a process of its own. */
let config: Config = () => undefined;

const provision = new Provision({
  config: () => config,
  // Pulumi shows what the provider process writes as a line of the run.
  say: (text) => void process.stderr.write(`asgardeo: ${text}\n`),
});

/** The provider of a type: what the text in Pulumi's state asks for. */
export function provider(type: string): DynamicProvider {
  const service = provision.resource(type);
  if (!service) {
    throw new Reported(
      `this version of pulumi-asgardeo has no resource type ${type}; install the version that made it`,
    );
  }
  return {
    // Nothing but noting it: Pulumi does not wait for the end of `configure` before it makes the next call.
    configure({ config: given }) {
      config = configOf(given);
    },

    async check(olds, news) {
      const failures = await service.check(olds, news);
      // Pulumi prints the whole value of a property that is named, secrets included; the reason has the path anyway.
      return { inputs: clean(withoutTold(news)), failures: failures.map(({ reason }) => ({ property: "", reason })) };
    },

    diff: async (id, olds, news) => service.diff(id, olds, news),

    create: (inputs) => explained(() => service.create(inputs), inputs),

    read: (id, props) =>
      explained(async () => {
        const live = await service.read(id, props);
        return live ? { id, ...live } : { id: "" };
      }, props),

    update: (id, olds, news) => explained(() => service.update(id, olds, news), news),

    delete: (id, props) => explained(() => service.delete(id, props), props),
  };
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
    const reported = new Reported(provision.reason(error));
    if (error instanceof PartialCreateError) {
      const { id, properties, reasons } = error;
      // Pulumi adds the provider to every answer but this one, and cannot delete the object without it.
      Object.assign(reported, { id, reasons, properties: { ...properties, __provider: inputs.__provider } });
    }
    throw reported;
  }
}
