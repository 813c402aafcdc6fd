import * as pulumi from "@pulumi/pulumi";
import type { Told } from "../core/told";

/** The types that each run of a program has declared, by provider. A process may run programs one after the other. */
const declared = new WeakMap<object, Map<pulumi.ProviderResource | undefined, Set<string>>>();

/**
 * What the program tells with a resource of this type: the types are those that are declared when its synchronous part
 * has run, since a provider is shown a resource only when all that it refers to is made.
 */
export async function telling(type: string, opts: pulumi.CustomResourceOptions = {}): Promise<Told> {
  const run: object = pulumi.runtime.getStackResource() ?? globalThis;
  const providers = declared.get(run) ?? new Map<pulumi.ProviderResource | undefined, Set<string>>();
  declared.set(run, providers);
  const provider = opts.provider ?? opts.parent?.getProvider(pulumiTypeOf(type));
  const types = providers.get(provider) ?? new Set<string>();
  providers.set(provider, types);
  // What is only read by its id is not written.
  if (opts.id === undefined) types.add(type);
  await Promise.resolve();
  return { isPreview: pulumi.runtime.isDryRun(), types: [...types].sort() };
}

export function pulumiTypeOf(type: string): string {
  return `pulumi-nodejs:dynamic/asgardeo:${type}`;
}
