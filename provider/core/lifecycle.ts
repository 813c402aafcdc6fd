import type { Api } from "../api/api";
import { AsgardeoError, isGone, PartialCreateError } from "../errors";
import { permission } from "./access";
import { check, type Failure } from "./check";
import { clean, type Properties, pick } from "./clean";
import { confirmGone, refuseElsewhere, tenantOf, tenantProperty } from "./confirm";
import { controls } from "./controls";
import type { Created, Definition, State } from "./definition";
import { type Difference, diff, project } from "./diff";
import { holderOf, holderProperty, newHolder } from "./holders";
import { labelOf, nameProperty, preflight } from "./preflight";
import { adopted, recovered } from "./recovery";
import { hasLostParts, movedTargets, sameTargets, targetsOf } from "./references";
import { putBack } from "./restoration";
import type { Run } from "./run";
import { type Plain, shapeOf } from "./schema";
import { hasUnknown } from "./unknown";

/** The operations of a resource in Pulumi's terms: plain values in, plain values out. */
export interface Lifecycle {
  /** What is wrong with the args, as far as they tell it themselves. */
  check(args: Properties): Failure[];
  /** Looks ahead. Costs no request where nothing changes. `old` is empty for a resource that will be created. */
  preflight(old: Properties, args: Properties): Promise<Outlook>;
  diff(id: string, state: Properties, args: Properties): Difference;
  create(args: Properties): Promise<{ id: string; outs: Properties }>;
  /** Undefined where the object is gone. */
  read(id: string, state: Properties): Promise<{ inputs: Properties; props: Properties } | undefined>;
  update(id: string, state: Properties, args: Properties): Promise<{ outs: Properties }>;
  delete(id: string, state: Properties): Promise<void>;
}

/** What is known of a resource before anything is written. */
export interface Outlook {
  readonly isChanged: boolean;
  /** What the tenant or the rest of the program refuses. */
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
  /** What the resources of this process share. */
  readonly run: Run;
  /** Whether to look ahead with nothing but view scopes, since no write will follow. */
  isReadOnly(): boolean;
}

/**
 * Runs a definition over its life. State holds what the program wrote for args, and what the server said for outputs.
 */
export function lifecycle<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  { api, run, isReadOnly }: Surroundings,
): Lifecycle {
  const { type, args: schema, outputs, replaceOn, needs, keys, references = [] } = definition;
  const argNames = Object.keys(shapeOf(schema) ?? {});
  const ahead = preflight(definition, run);

  function stateOf(properties: Properties): State<Args, Outputs> {
    const known = clean(properties);
    return {
      args: pick(known, argNames) as Partial<Plain<Args>>,
      outputs: pick(known, outputs) as Partial<Outputs>,
    };
  }

  /** The args again, now that all of them are known. */
  function strict(args: Properties): Plain<Args> {
    const known = clean(program(args));
    const unknown = Object.keys(known).filter((key) => hasUnknown(known[key]));
    const reasons = [
      ...check(schema, known).map(({ reason }) => reason),
      ...unknown.map((key) => `${key}: is not known yet, so nothing can be sent`),
    ];
    if (reasons.length > 0) throw new AsgardeoError(reasons.join("\n"));
    return known as Plain<Args>;
  }

  const permitted = (operation: "create" | "read" | "update" | "delete") =>
    api().permitted(permission(needs, operation));

  /** What state holds beside args and outputs. */
  const beside = (holder: string, name: string | undefined) => ({
    [tenantProperty]: tenantOf(api()),
    [holderProperty]: holder,
    [nameProperty]: name,
  });

  /** Writes to an object: after what it refers to, and so that what refers to it can wait for it. */
  async function write<T extends { id?: string }>(args: Properties, work: () => Promise<T>): Promise<T> {
    for (const { target } of targetsOf(references, run.program, args)) await run.program.settled(target);
    let id: string | undefined;
    try {
      const done = await work();
      id = done.id;
      return done;
    } finally {
      run.program.end(type, keys, args, id);
    }
  }

  async function made(args: Plain<Args>, holder: string): Promise<Created<Outputs>> {
    const permittedApi = permitted("create");
    const existing = controls(args as Properties).adopt
      ? await definition.match(permittedApi, args as Properties, run, true)
      : undefined;
    if (existing) {
      run.holders.add(type, existing.id, holder);
      return adopted(definition, permitted("update"), existing, args, run);
    }
    const created = await recovered(definition, permittedApi, args, run, ahead.wasAbsent(args));
    run.program.noteMade(type, created.id);
    return created;
  }

  return {
    check: (args) => check(schema, clean(program(args))),

    async preflight(old, args) {
      const before = clean(program(old));
      const wanted = clean(program(args));
      const isNew = Object.keys(before).length === 0;
      const isChanged = isNew || diff(schema, replaceOn, before, wanted).changes;
      const candidate = { name: nameIn(args), old: isNew ? undefined : before, args: wanted, isChanged };
      const disagreements = await ahead.disagreements(candidate);
      const operation = isReadOnly() ? "read" : isNew ? "create" : "update";
      const failures =
        isChanged && disagreements.length === 0 ? await ahead.failures(permitted(operation), candidate) : [];
      return {
        isChanged,
        failures: [...disagreements, ...failures],
        findings: definition.advise?.(wanted, tenantOf(api())) ?? [],
        label: labelOf(definition, candidate),
      };
    },

    diff(id, state, args) {
      const known = stateOf(state);
      const wanted = clean(program(args));
      const outputsBefore = known.outputs as Properties;
      const plain = diff(schema, replaceOn, known.args, wanted);
      const moved = movedTargets(references, run.program, wanted, outputsBefore);
      const unmoved = sameTargets(references, run.program, wanted, outputsBefore);
      const replaces = [...new Set([...plain.replaces.filter((arg) => !unmoved.includes(arg)), ...moved])];
      const isLost = hasLostParts(references, run.program, wanted, known.args as Properties);
      const due = plain.changes ? undefined : definition.due?.(known, wanted);
      if (due !== undefined) run.say(due);
      const changes = plain.changes || replaces.length > 0 || isLost || due !== undefined;
      run.holders.add(type, id, holderOf(state));
      if (replaces.length > 0) run.program.noteReplacing(type, id);
      run.program.identify(type, keys, wanted, id, replaces.length > 0 ? "is replaced" : changes ? "changes" : "stays");
      return { changes, replaces, deleteBeforeReplace: replaces.length > 0 };
    },

    async create(given) {
      const args = strict(given);
      const holder = newHolder();
      const more = beside(holder, nameIn(given));
      const { id, outputs } = await write(args as Properties, () =>
        withState({ ...args, ...more }, () => made(args, holder)).catch((error: unknown) =>
          putBack(definition, permitted("create"), run, args as Properties, error),
        ),
      );
      run.holders.add(type, id, holder);
      return { id, outs: clean({ ...args, ...outputs, ...more }) };
    },

    async read(id, properties) {
      const state = stateOf(properties);
      const api = permitted("read");
      const live = await definition.read(api, id, state);
      const isLookUp = Object.keys(state.args).length === 0;
      if (live === undefined && isLookUp) {
        throw new AsgardeoError(`id: ${tenantOf(api)} has no ${type} with the id ${JSON.stringify(id)}`);
      }
      if (live === undefined) {
        await confirmGone(definition, api, id, properties, run);
        run.say(
          `${objectText(type, id, properties)} does not exist in ${tenantOf(api)} any more: a refresh takes it out of the state.`,
        );
        return undefined;
      }
      const found = isLookUp ? live.args : project(schema, state.args, live.args);
      const inputs = clean({ ...(found as Properties), ...controls(state.args as Properties) });
      const holder = holderOf(properties) ?? newHolder();
      // What a program only reads must not be deleted under its eyes; a refresh says nothing about the program.
      if (isLookUp) run.holders.add(type, id, holder);
      const more = beside(holder, nameIn(properties));
      return { inputs, props: clean({ ...inputs, ...state.outputs, ...live.outputs, ...more }) };
    },

    async update(id, properties, given) {
      const args = strict(given);
      const holder = holderOf(properties) ?? newHolder();
      const more = beside(holder, nameIn(given));
      const updated = await write(args as Properties, async () => ({
        id,
        outputs: await withState({ ...args, ...more }, () =>
          definition.update(permitted("update"), id, args, stateOf(properties), run).catch((error: unknown) => {
            throw isGone(error, definition.path(id).text) ? gone(type, id, api(), error) : error;
          }),
        ),
      }));
      run.holders.remove(type, id, holderOf(properties));
      run.holders.add(type, id, holder);
      return { outs: clean({ ...args, ...updated.outputs, ...more }) };
    },

    async delete(id, properties) {
      const holder = holderOf(properties);
      const isKept = run.holders.hasOther(type, id, holder);
      run.holders.remove(type, id, holder);
      if (isKept) {
        run.say(
          `${objectText(type, id, properties)} is kept, since another resource of this program has it: it was renamed, moved or adopted.`,
        );
        return;
      }
      const state = stateOf(properties);
      await refuseElsewhere(definition, permitted("read"), id, properties, state);
      await definition.delete(permitted("delete"), id, state, run);
      run.program.noteDeleted(type, { id, name: nameIn(properties), state: properties });
    },
  };
}

/** What the program says, without what Pulumi and this core keep beside it. */
function program(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}

/** The name of the resource in the program, where its class has told it. */
function nameIn(properties: Properties): string | undefined {
  const name = properties[nameProperty];
  return typeof name === "string" ? name : undefined;
}

/** `Application "Shop" (id …)`, by the name that the object has, where it has one. */
function objectText(type: string, id: string, { name }: Properties): string {
  return typeof name === "string" ? `${type} ${JSON.stringify(name)} (id ${id})` : `${type} ${id}`;
}

function gone(type: string, id: string, api: Api, cause: Error): AsgardeoError {
  const advice = "Run `pulumi refresh`, and then `pulumi up`, which makes it anew.";
  return new AsgardeoError(
    `${cause.message}\n${type} ${id} is in the state, but seems to be gone from ${tenantOf(api)}. ${advice}`,
    { cause },
  );
}

/** What was declared goes into the state of a half-made object, beside what the resource knows of it. */
async function withState<T>(state: object, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PartialCreateError) error.properties = clean({ ...state, ...error.properties });
    throw error;
  }
}
