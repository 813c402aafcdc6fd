import * as pulumi from "@pulumi/pulumi";
import type { Named } from "../core/named";
import { membersOf } from "../core/schema";
import { stub } from "../core/stub";
import { withSecrets } from "./secret-args";

/** Every property of a resource as an output: args as the program gives them, and what the server decides. */
export type OutputsOf<T> = { readonly [K in keyof T]-?: pulumi.Output<pulumi.Unwrap<T[K]>> };

/** An object of a resource class. */
export type ResourceOf<Args, Outputs> = pulumi.CustomResource & OutputsOf<Args> & OutputsOf<Outputs>;

/** The class that a program uses for one kind of resource. */
export interface ResourceClass<Args extends object, Outputs extends object> {
  new (name: string, args: Args, opts?: pulumi.CustomResourceOptions): ResourceOf<Args, Outputs>;
  /** Reads an existing object by its id, without managing it. The run fails where there is none. */
  get<T>(
    this: new (
      name: string,
      args: Args,
      opts?: pulumi.CustomResourceOptions,
    ) => T,
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): T;
}

/** Makes the class of a definition. All that it leaves in state is the constant text of `stub`. */
export function resource<Args extends object, Outputs extends object>({
  type,
  args: schema,
  outputs,
  secrets,
  secretArgs = [],
}: Named<Outputs> & { readonly args: unknown }): ResourceClass<Args, Outputs> {
  // A property that is not named here would not be there as an output of the object.
  const names = [...membersOf(schema), ...outputs];
  const absent: pulumi.Inputs = Object.fromEntries(names.map((name) => [name, undefined]));

  class Base extends pulumi.CustomResource {
    constructor(name: string, args?: Args, opts?: pulumi.CustomResourceOptions) {
      const properties = { ...absent, ...withSecrets({ ...args }, secretArgs), __provider: stub(type) };
      const options = pulumi.mergeOptions({ additionalSecretOutputs: [...secrets] }, opts);
      super(`pulumi-nodejs:dynamic/asgardeo:${type}`, name, properties, options);
    }

    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions) {
      return new this(name, undefined, { ...opts, id });
    }
  }

  // The outputs are set by the constructor of Pulumi's resource, from the names of the properties: no type can see it.
  return Base as unknown as ResourceClass<Args, Outputs>;
}
