import type { Api } from "../api/api";
import type { Access } from "../api/scopes";
import { AsgardeoError, isGone, PartialCreateError } from "../errors";
import { check, type Failure } from "./check";
import { clean, type Properties, pick } from "./clean";
import { confirmGone, refuseElsewhere, tenantOf, tenantProperty } from "./confirm";
import { controls } from "./controls";
import type { Definition, Needs, State } from "./definition";
import { type Difference, diff, project } from "./diff";
import { preflight } from "./preflight";
import { adopted, recovered } from "./recovery";
import { type Plain, shapeOf } from "./schema";
import { hasUnknown } from "./unknown";

/** The operations of a resource in Pulumi's terms: plain values in, plain values out. */
export interface Lifecycle {
  /** What is wrong with the args, as far as they tell it themselves. */
  check(args: Properties): Failure[];
  /** Looks ahead. Costs no request where nothing changes. `old` is empty for a resource that will be created. */
  preflight(old: Properties, args: Properties): Promise<Outlook>;
  diff(state: Properties, args: Properties): Difference;
  create(args: Properties): Promise<{ id: string; outs: Properties }>;
  /** Undefined where the object is gone. */
  read(id: string, state: Properties): Promise<{ inputs: Properties; props: Properties } | undefined>;
  update(id: string, state: Properties, args: Properties): Promise<{ outs: Properties }>;
  delete(id: string, state: Properties): Promise<void>;
}

/** What is known of a change before anything is written; empty where nothing changes. */
export interface Outlook {
  /** What the tenant would refuse. */
  readonly failures: Failure[];
  /** What the server accepts and good practice does not. */
  readonly findings: Failure[];
  /** Which resource it is about, for a line that Pulumi does not attach to it. */
  readonly label: string;
}

/** What a lifecycle works with. */
export interface Surroundings {
  /** The tenant; asked for when the first request is due. */
  api(): Api;
  /** Tells the user something that is no error. */
  say(text: string): void;
  /** Whether to look ahead with nothing but view scopes, since no write will follow. */
  isReadOnly(): boolean;
}

/**
 * Runs a definition over its life. State holds what the program wrote for args, and what the server said for outputs.
 */
export function lifecycle<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  { api, say, isReadOnly }: Surroundings,
): Lifecycle {
  const { args: schema, outputs, replaceOn, needs } = definition;
  const argNames = Object.keys(shapeOf(schema) ?? {});
  const ahead = preflight(definition, say);

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

  function permitted(operation: keyof typeof accesses): Api {
    return api().permitted(permission(needs, operation));
  }

  const inTenant = (properties: object) => clean({ ...properties, [tenantProperty]: tenantOf(api()) });

  return {
    check: (args) => check(schema, clean(program(args))),

    async preflight(old, args) {
      const before = clean(program(old));
      const wanted = clean(program(args));
      const isNew = Object.keys(before).length === 0;
      if (!isNew) ahead.seen(before);
      const label = `${definition.type} ${definition.keys.map((key) => JSON.stringify(wanted[key])).join(", ")}`;
      if (!isNew && !diff(schema, replaceOn, before, wanted).changes) return { failures: [], findings: [], label };
      const operation = isReadOnly() ? "read" : isNew ? "create" : "update";
      const failures = await ahead.failures(permitted(operation), isNew ? undefined : before, wanted);
      return { failures, findings: definition.advise?.(wanted, tenantOf(api())) ?? [], label };
    },

    diff(state, args) {
      const known = stateOf(state);
      const wanted = clean(program(args));
      const difference = diff(schema, replaceOn, known.args, wanted);
      const due = difference.changes ? undefined : definition.due?.(known, wanted);
      if (due === undefined) return difference;
      say(due);
      return { ...difference, changes: true };
    },

    async create(given) {
      const args = strict(given);
      const api = permitted("create");
      const existing = controls(args as Properties).adopt
        ? await definition.match(api, args as Properties, true)
        : undefined;
      const { id, outputs } = existing
        ? await adopted(definition, permitted("update"), existing, args)
        : await withArgs({ ...args, [tenantProperty]: tenantOf(api) }, () =>
            recovered(definition, api, args, ahead.wasAbsent(args)),
          );
      return { id, outs: inTenant({ ...args, ...outputs }) };
    },

    async read(id, properties) {
      const state = stateOf(properties);
      const api = permitted("read");
      const live = await definition.read(api, id, state);
      const isLookUp = Object.keys(state.args).length === 0;
      if (live === undefined && isLookUp) {
        throw new AsgardeoError(`id: ${tenantOf(api)} has no ${definition.type} with the id ${JSON.stringify(id)}`);
      }
      if (live === undefined) {
        await confirmGone(definition, api, id, properties);
        say(`${definition.type} ${id} does not exist in ${tenantOf(api)} any more: it leaves the state.`);
        return undefined;
      }
      const found = isLookUp ? live.args : project(schema, state.args, live.args);
      const inputs = clean({ ...(found as Properties), ...controls(state.args as Properties) });
      return { inputs, props: inTenant({ ...inputs, ...state.outputs, ...live.outputs }) };
    },

    async update(id, properties, given) {
      const args = strict(given);
      const updated = await withArgs({ ...args, [tenantProperty]: tenantOf(api()) }, () =>
        definition.update(permitted("update"), id, args, stateOf(properties)).catch((error: unknown) => {
          throw isGone(error) ? gone(definition.type, id, api(), error) : error;
        }),
      );
      return { outs: inTenant({ ...args, ...updated }) };
    },

    async delete(id, properties) {
      await refuseElsewhere(definition, permitted("read"), id, properties, stateOf(properties));
      await definition.delete(permitted("delete"), id, stateOf(properties));
    },
  };
}

/** What the program says, without what Pulumi and this core keep beside it. */
function program(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}

function gone(type: string, id: string, api: Api, cause: Error): AsgardeoError {
  const advice = "Run `pulumi refresh`, and then `pulumi up`, which makes it anew.";
  return new AsgardeoError(
    `${cause.message}\n${type} ${id} is in the state, but seems to be gone from ${tenantOf(api)}. ${advice}`,
    { cause },
  );
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

const accesses: Record<"create" | "read" | "update" | "delete", Access> = {
  create: "write",
  read: "view",
  update: "write",
  delete: "write",
};

function permission(needs: Needs, operation: keyof typeof accesses) {
  const access = accesses[operation];
  const optional = (access === "view" ? needs.optionalView : needs.optionalWrite) ?? [];
  return { access, needs: needs[operation], optional };
}
