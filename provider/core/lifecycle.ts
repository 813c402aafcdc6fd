import type { Api } from "../api/api";
import type { Access } from "../api/scopes";
import { AsgardeoError, PartialCreateError } from "../errors";
import { check, type Failure } from "./check";
import { clean, type Properties, pick } from "./clean";
import type { Definition, Needs, State } from "./definition";
import { type Difference, diff, project } from "./diff";
import { type Plain, shapeOf } from "./schema";
import { hasUnknown } from "./unknown";

/** The operations of a resource in Pulumi's terms: plain values in, plain values out. */
export interface Lifecycle {
  check(args: Properties): Failure[];
  diff(state: Properties, args: Properties): Difference;
  create(args: Properties): Promise<{ id: string; outs: Properties }>;
  /** Undefined where the object is gone. */
  read(id: string, state: Properties): Promise<{ inputs: Properties; props: Properties } | undefined>;
  update(id: string, state: Properties, args: Properties): Promise<{ outs: Properties }>;
  delete(id: string, state: Properties): Promise<void>;
}

/**
 * Runs a definition over its life: `api` is asked for when the first request is due. State holds what the program wrote
 * for args, and what the server said for outputs.
 */
export function lifecycle<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: () => Api,
): Lifecycle {
  const { args: schema, outputs, replaceOn, needs } = definition;
  const argNames = Object.keys(shapeOf(schema) ?? {});

  function stateOf(properties: Properties): State<Args, Outputs> {
    const known = clean(properties);
    return {
      args: pick(known, argNames) as Partial<Plain<Args>>,
      outputs: pick(known, outputs) as Partial<Outputs>,
    };
  }

  /** The args again, now that all of them are known. */
  function strict(args: Properties): Plain<Args> {
    const known = pick(clean(args), [...Object.keys(args).filter((key) => !key.startsWith("__"))]);
    const unknown = Object.keys(known).filter((key) => hasUnknown(known[key]));
    const reasons = [
      ...check(schema, known).map(({ reason }) => reason),
      ...unknown.map((key) => `${key}: is not known yet, so nothing can be sent`),
    ];
    if (reasons.length > 0) throw new AsgardeoError(reasons.join("\n"));
    return known as Plain<Args>;
  }

  function permitted(operation: "create" | "read" | "update" | "delete"): Api {
    return api().permitted(permission(needs, operation));
  }

  return {
    check: (args) => check(schema, clean(withoutProvider(args))),

    diff: (state, args) => diff(schema, replaceOn, stateOf(state).args, clean(withoutProvider(args))),

    async create(given) {
      const args = strict(given);
      const created = await withArgs(args, () => definition.create(permitted("create"), args));
      return { id: created.id, outs: clean({ ...args, ...created.outputs }) };
    },

    async read(id, properties) {
      const state = stateOf(properties);
      const live = await definition.read(permitted("read"), id, state);
      if (live === undefined) return undefined;
      const isLookUp = Object.keys(state.args).length === 0;
      const inputs = clean((isLookUp ? live.args : project(schema, state.args, live.args)) as Properties);
      return { inputs, props: { ...inputs, ...clean({ ...state.outputs, ...live.outputs }) } };
    },

    async update(id, properties, given) {
      const args = strict(given);
      const updated = await definition.update(permitted("update"), id, args, stateOf(properties));
      return { outs: clean({ ...args, ...updated }) };
    },

    async delete(id, properties) {
      await definition.delete(permitted("delete"), id, stateOf(properties));
    },
  };
}

function withoutProvider(properties: Properties): Properties {
  const { __provider, ...rest } = properties;
  return rest;
}

/** What was declared goes into the state of a half-made object, beside what the resource knows of it. */
async function withArgs<T>(args: object, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PartialCreateError) error.properties = clean({ ...args, ...error.properties });
    throw error;
  }
}

function permission(needs: Needs, operation: "create" | "read" | "update" | "delete") {
  const access: Access = operation === "read" ? "view" : "write";
  const optional = (access === "view" ? needs.optionalView : needs.optionalWrite) ?? [];
  return { access, needs: needs[operation], optional };
}
