import * as pulumi from "@pulumi/pulumi";
import type { Named } from "../core/named";
import { membersOf } from "../core/schema";
import { stub } from "../core/stub";
import { toldProperty } from "../core/told";
import { before, note } from "./order";
import { withSecrets } from "./secret-args";
import { pulumiTypeOf, telling } from "./telling";

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
  /** Whether a value is a resource of this kind. Policies of Pulumi ask so, too: `validateResourceOfType`. */
  isInstance(this: void, value: unknown): value is ResourceOf<Args, Outputs>;
}

/** What the class needs to know of a definition; that of a setting has no keys. */
type Described<Outputs extends object> = Named<Outputs> & { readonly args: unknown; readonly keys?: readonly string[] };

/** Makes the class of a definition. All that it leaves in state is the constant text of `stub`. */
export function resource<Args extends object, Outputs extends object>(
  definition: Described<Outputs>,
): ResourceClass<Args, Outputs> {
  const { type, args: schema, outputs, secrets, secretArgs = [] } = definition;
  const pulumiType = pulumiTypeOf(type);
  // A property that is not named here would not be there as an output of the object.
  const names = [...membersOf(schema), ...outputs];
  const absent: pulumi.Inputs = Object.fromEntries(names.map((name) => [name, undefined]));

  class Base extends pulumi.CustomResource {
    /** Policies of Pulumi compare it. */
    static readonly __pulumiType: string = pulumiType;

    constructor(name: string, args?: Args, opts?: pulumi.CustomResourceOptions) {
      if (opts?.import !== undefined) throw noImport(definition, name);
      const given = withSecrets({ ...args }, secretArgs);
      // Pulumi's process for dynamic providers is told neither the URN nor the name, nor whether this is a preview. What
      // begins with `__` is not shown, and `__name` is taken by the SDK.
      const told = { __logicalName: name, [toldProperty]: telling(type, opts) };
      const properties = { ...absent, ...given, ...told, __provider: stub(type) };
      const run: object = pulumi.runtime.getStackResource() ?? globalThis;
      const own = { additionalSecretOutputs: [...secrets], dependsOn: before(run, definition, { ...args }) };
      const options = pulumi.mergeOptions(own, opts);
      // Two objects with the same name cannot be in a tenant, so the old one has to go first.
      super(pulumiType, name, properties, { ...options, deleteBeforeReplace: opts?.deleteBeforeReplace ?? true });
      if (opts?.id === undefined) note(run, { type, args: { ...args }, resource: this });
    }

    static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions) {
      return new this(name, undefined, { ...opts, id });
    }

    // Without `this`: policies call it bound to nothing.
    static override isInstance(value: unknown): value is Base {
      return isOfType(value, pulumiType);
    }
  }

  // The outputs are set by the constructor of Pulumi's resource, from the names of the properties: no type can see it.
  return Base as unknown as ResourceClass<Args, Outputs>;
}

function isOfType(value: unknown, type: string): boolean {
  return typeof value === "object" && value !== null && "__pulumiType" in value && value.__pulumiType === type;
}

/** Pulumi prints the message of such an error alone. */
function noImport(
  { type, keys }: { readonly type: string; readonly keys?: readonly string[] },
  name: string,
): pulumi.RunError {
  const instead = keys
    ? `, and add \`adopt: true\` to the args: the object of the tenant with the same ${keys.join(" and ")} is taken over.`
    : ": a setting is always there, and the first run takes it over.";
  return new pulumi.RunError(
    `${type} ${JSON.stringify(name)}: Pulumi's option \`import\` cannot work for it, since an import does not tell Pulumi's process for dynamic providers which provider it is to run. Take \`import\` out${instead}`,
  );
}
