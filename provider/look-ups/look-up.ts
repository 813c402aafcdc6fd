import * as pulumi from "@pulumi/pulumi";
import { AsgardeoError } from "../errors";
import { argsOfProvider, type ProviderArgs } from "../provider";
import { type Config, settingsFrom } from "../settings";
import { isMocked, mocked } from "./mocks";
import type { LookUpOptions, LookUpOutputOptions } from "./options";
import { Patient } from "./patient";
import { type Tenant, tenantOf } from "./tenant";

/** A question to the tenant: what a program gives, checked, and how the answer is read. */
export interface LookUp<Args, Result> {
  /** The name of the function, for messages and for mocks. */
  readonly name: string;
  /** Whether it answers a list: what mocks answer is always an object. */
  readonly isList?: true;
  /** Throws where the args are no question; answers them as they count, so that the same question is the same text. */
  question(args: Args): Args;
  read(tenant: Tenant, args: Args): Promise<Result>;
}

type Given = pulumi.Unwrap<ProviderArgs>;

/** Asks now. */
export function asked<Args extends object, Result>(
  look: LookUp<Args, Result>,
  args: Args,
  opts?: LookUpOptions,
): Promise<Result> {
  return new Patient((done, fail) => void now(look, args, opts).then(done, fail));
}

async function now<Args extends object, Result>(
  look: LookUp<Args, Result>,
  args: Args,
  opts?: LookUpOptions,
): Promise<Result> {
  try {
    refuseOutputs(args, look.name);
    const question = look.question(args);
    const given = providerArgs(opts);
    if (isMocked()) return await mocked(look.name, look.isList === true, args, opts);
    if (given) await refuseUnknown(given, look.name);
    return await answer(look, question, given && (await plain(pulumi.output(given))));
  } catch (error) {
    throw explained(look.name, error);
  }
}

/** Asks as soon as the args are known. Where they stay unknown, as in many a preview, so does the answer. */
export function askedLater<Args extends object, Result>(
  look: LookUp<Args, Result>,
  args: object,
  opts: LookUpOutputOptions = {},
): pulumi.Output<Result> {
  const known = pulumi.all([pulumi.output<object>(args), given(look.name, opts), made(opts.dependsOn)]);
  const answered = known.apply(async ([args, { given }]) => {
    try {
      const question = look.question(args as Args);
      const result = isMocked()
        ? await mocked<Result>(look.name, look.isList === true, args, opts)
        : await answer(look, question, given);
      return { result };
    } catch (error) {
      await turn(look.name);
      throw explained(look.name, error);
    }
  });
  return answered.apply(({ result }) => result) as pulumi.Output<Result>;
}

/**
 * Lets the program go on to where Pulumi takes what it exports, for as long as a question to the engine takes: an Output
 * that has failed before is reported once more, as a warning of Node.js.
 */
async function turn(name: string): Promise<void> {
  await pulumi.log.debug(`${name} has failed`);
  await new Promise((done) => setImmediate(done));
}

/** What reaches the tenant, without the mark of a secret: the client secret is in no answer, so none is to be marked for it. */
function given(name: string, opts: LookUpOptions): pulumi.Output<{ given: Given | undefined }> {
  try {
    return pulumi.unsecret(pulumi.output({ given: providerArgs(opts) }));
  } catch (error) {
    throw explained(name, error);
  }
}

function answer<Args extends object, Result>(
  look: LookUp<Args, Result>,
  question: Args,
  given: Given | undefined,
): Promise<Result> {
  const tenant = tenantOf(run(), settingsFrom(given ? fromProvider(given) : fromStack()));
  return once(tenant, `${look.name} ${JSON.stringify(question)}`, () =>
    look.read(tenant, question).catch((error: unknown) => {
      throw tenant.api.hiddenError(error);
    }),
  );
}

/** The answers of each tenant, by question. */
const answers = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Asks the same question once; a failure is not kept. */
function once<Result>(tenant: object, question: string, ask: () => Promise<Result>): Promise<Result> {
  const all = answers.get(tenant) ?? new Map<string, Promise<unknown>>();
  answers.set(tenant, all);
  // What is kept for a question is the answer to it.
  const known = all.get(question) as Promise<Result> | undefined;
  if (known) return known;
  const asking = ask();
  all.set(question, asking);
  asking.catch(() => all.delete(question));
  return asking;
}

/** A process may run programs one after the other, by Pulumi's Automation API: each run asks afresh. */
function run(): object {
  return pulumi.runtime.getStackResource() ?? globalThis;
}

function fromProvider(given: Given): Config {
  return (key) => Object.entries(given).find(([name]) => key === `asgardeo:${name}`)?.[1];
}

function fromStack(): Config {
  const config = new pulumi.Config("asgardeo");
  const keys = Object.keys(pulumi.runtime.allConfig());
  return Object.assign((key: string) => config.get(key.replace("asgardeo:", "")), { keys });
}

/** What the program gave to the provider that counts; undefined where there is none. */
function providerArgs({ provider, parent }: LookUpOptions = {}): ProviderArgs | undefined {
  const counting = provider ?? parent?.getProvider("pulumi-nodejs:dynamic/asgardeo:Application");
  if (!counting) return undefined;
  const args = argsOfProvider(counting);
  if (args) return args;
  throw new AsgardeoError("provider: must be an asgardeo.Provider, which knows the tenant's settings");
}

function refuseOutputs(args: object | undefined, name: string): void {
  for (const [key, value] of Object.entries(args ?? {})) {
    if (pulumi.Output.isInstance(value)) {
      throw new AsgardeoError(`${key}: is an Output; ask with ${name}Output, which waits for it`);
    }
  }
}

/** The type of Pulumi's outputs does not show this member, on which its own copies of all versions rely. */
type Knowing = { readonly isKnown: Promise<boolean> };

async function refuseUnknown(given: ProviderArgs, name: string): Promise<void> {
  for (const [key, value] of Object.entries(given)) {
    if (!(await (pulumi.output<object>(value) as unknown as Knowing).isKnown)) {
      throw new AsgardeoError(
        `provider: its ${key} is not known yet, as happens in a preview; ask with ${name}Output, which waits for it`,
      );
    }
  }
}

function plain<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

/** An output that is known when all of these resources are there. */
function made(dependsOn: LookUpOutputOptions["dependsOn"]): pulumi.Output<string[]> {
  return pulumi.output(dependsOn).apply((some) => {
    const resources = [some].flat().filter((each) => pulumi.Resource.isInstance(each));
    return pulumi.all(resources.map((each) => (pulumi.CustomResource.isInstance(each) ? each.id : each.urn)));
  });
}

/** Pulumi prints the message of such an error only, without the source and the stack of a program that is not to blame. */
function explained(name: string, error: unknown): unknown {
  if (!(error instanceof AsgardeoError)) return error;
  const reported = new pulumi.RunError(`${name}: ${error.message}`);
  reported.cause = error;
  // Where nobody awaits the answer, Pulumi prints the stack, which leads through this package alone.
  reported.stack = `${reported.name}: ${reported.message}`;
  return reported;
}
