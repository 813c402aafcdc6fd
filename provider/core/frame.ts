import type { Api } from "../api/api";
import type { Scope } from "../api/scopes";
import { PartialCreateError } from "../errors";
import { asksOf, changing, foresight, type Operation, permission } from "./access";
import type { Ahead } from "./ahead";
import { check, refuseUnfit } from "./check";
import { clean, type Properties, pick } from "./clean";
import { organizationProblem, tenantOf } from "./confirm";
import { controls } from "./controls";
import { withoutDecided } from "./decided";
import type { Created, Kind, Known, Live, Needs, State } from "./definition";
import { diff, project } from "./diff";
import { type Guard, guard } from "./guard";
import { hiddenMembers, nameIn, withoutHidden } from "./hidden-members";
import { holderOf, newHolder } from "./holders";
import { objectText } from "./naming";
import type { Lifecycle, Surroundings } from "./operations";
import { comparedTargets, hasLostParts, targetsOf } from "./references";
import { type Plain, shapeOf } from "./schema";

/** What every lifecycle does alike, be it of objects or of settings. State is turned into args and outputs, and back. */
export interface Frame<Args extends object, Outputs extends object>
  extends Pick<Lifecycle, "check" | "preflight" | "diff"> {
  /** What Pulumi's state says of args and outputs. */
  stateOf(properties: Properties): State<Args, Outputs>;
  /** Whether nothing is declared: a program reads something by its id. */
  isLookUp(state: State<Args, Outputs>): boolean;
  /** The tenant, with the permission of an operation. */
  permitted(operation: Operation): Api;
  /** What every operation goes through: see `Guard`. */
  readonly guarded: Guard["guarded"];
  /** A create: `make` gets the args, and the mark of the resource. What it throws goes through `failed`. */
  create(
    given: Properties,
    make: (args: Plain<Args>, holder: string) => Promise<Created<Outputs>>,
    failed?: (args: Plain<Args>, error: unknown) => Promise<never>,
  ): ReturnType<Lifecycle["create"]>;
  /** The answer of a read that has found something: what is live, as far as it is declared. */
  found(id: string, properties: Properties, live: Live<Args, Outputs>): Awaited<ReturnType<Lifecycle["read"]>>;
  /** An update: `change` gets the args, and what the state says. */
  update(
    id: string,
    properties: Properties,
    given: Properties,
    change: (args: Plain<Args>, state: State<Args, Outputs>) => Promise<Known<Outputs>>,
  ): ReturnType<Lifecycle["update"]>;
  /** Before a delete: whether another resource has the same, so that nothing must be done. That is said. */
  isKept(id: string, properties: Properties): boolean;
}

export function framed<Args extends object, Outputs extends object>(
  kind: Kind<Args, Outputs>,
  needs: Needs,
  { api, run, isReadOnly, isPreview, expect }: Surroundings,
  ahead: Ahead,
): Frame<Args, Outputs> {
  const { args: schema, outputs, replaceOn, references = [] } = kind;
  const { type, keys, keyed } = ahead.identity;
  const { guarded, shown } = guard(kind, api, run);
  const argNames = Object.keys(shapeOf(schema) ?? {});

  function stateOf(properties: Properties): State<Args, Outputs> {
    const known = clean(properties);
    return {
      args: pick(known, argNames) as Partial<Plain<Args>>,
      outputs: pick(known, outputs) as Partial<Outputs>,
    };
  }

  const isLookUp = (state: State<Args, Outputs>) => Object.keys(state.args).length === 0;

  /** The args again, now that all of them are known. */
  function strict(args: Properties): Plain<Args> {
    const known = clean(withoutHidden(args));
    refuseUnfit(schema, known);
    return known as Plain<Args>;
  }

  function permitted(operation: Operation): Api {
    expect?.([operation]);
    return api().permitted(permission(needs, [operation]));
  }

  /** The tenant, to look ahead of these operations. */
  function lookingAhead(operations: readonly Operation[], more?: readonly Scope[]): Api {
    expect?.(operations);
    if (isReadOnly()) return api().permitted(permission(needs, ["read"], asksOf(needs, operations)));
    return api().permitted((isPreview?.() ? foresight : permission)(needs, operations, more));
  }

  /** What state holds beside these args, for a resource with this mark; `properties` tell its name. */
  const hidden = (said: object, holder: string, properties: Properties) =>
    hiddenMembers(tenantOf(api()), holder, nameIn(properties), schema, said);

  /** Writes to an object: after what it refers to, and so that what refers to it can wait for it. */
  async function write<T extends { id?: string }>(args: Properties, work: () => Promise<T>): Promise<T> {
    for (const { target } of targetsOf(references, run.program, args)) await run.program.settled(target);
    let id: string | undefined;
    try {
      const done = await work();
      id = done.id;
      return done;
    } finally {
      run.program.end(type, keys, keyed(args), id);
    }
  }

  return {
    stateOf,
    isLookUp,
    permitted,
    guarded,

    check: (args) => shown(check(schema, clean(withoutHidden(args)))),

    preflight: (old, args) =>
      guarded([old, args], async () => {
        const before = clean(withoutHidden(old));
        const wanted = clean(withoutHidden(args));
        const isNew = Object.keys(before).length === 0;
        const { changes, replaces } = diff(schema, replaceOn, before, wanted);
        const isChanged = isNew || changes;
        const candidate = { name: nameIn(args), old: isNew ? undefined : before, args: wanted, isChanged };
        const disagreements = await ahead.disagreements(candidate);
        const operations = changing({
          isNew,
          isReplaced: replaces.length > 0,
          isAdopted: controls(wanted).adopt === true,
        });
        const looking = () => lookingAhead(operations, kind.mayNeed?.(wanted, candidate.old));
        const failures = isChanged && disagreements.length === 0 ? await ahead.failures(looking(), candidate) : [];
        return {
          isChanged,
          failures: shown([...disagreements, ...failures]),
          findings: shown(kind.advise?.(wanted, tenantOf(api())) ?? []),
          label: ahead.label(candidate),
        };
      }),

    diff(id, state, args) {
      const known = stateOf(state);
      const misplaced = organizationProblem(type, id, api, state);
      if (misplaced !== undefined) run.say(`warning: ${misplaced}`);
      const wanted = clean(withoutHidden(args));
      const plain = diff(schema, replaceOn, known.args, wanted);
      const { moved, same } = comparedTargets(references, run.program, wanted, known.outputs as Properties);
      const replaces = [...new Set([...plain.replaces.filter((arg) => !same.includes(arg)), ...moved])];
      const isLost = hasLostParts(references, run.program, wanted, known.args as Properties);
      const due = plain.changes ? undefined : kind.due?.(known, wanted, run);
      if (due !== undefined) run.say(due);
      const changes = plain.changes || replaces.length > 0 || isLost || due !== undefined;
      const fate = replaces.length > 0 ? "is replaced" : changes ? "changes" : "stays";
      run.holders.add(type, id, holderOf(state));
      if (replaces.length > 0) run.program.noteReplacing(type, id);
      run.program.identify(type, keys, keyed(wanted), id, fate);
      return { changes, replaces, deleteBeforeReplace: replaces.length > 0 };
    },

    create: (given, make, failed = (_, error) => Promise.reject(error)) =>
      guarded([given], async () => {
        const args = strict(given);
        const holder = newHolder();
        const beside = hidden(args, holder, given);
        const { id, outputs } = await write(args as Properties, () =>
          withState({ ...args, ...beside }, () => make(args, holder)).catch((error: unknown) => failed(args, error)),
        );
        run.holders.add(type, id, holder);
        return { id, outs: clean({ ...args, ...outputs, ...beside }) };
      }),

    found(id, properties, live) {
      const state = stateOf(properties);
      const found = (isLookUp(state) ? live.args : project(schema, state.args, live.args)) as Properties;
      const said = isLookUp(state) ? found : withoutDecided(schema, found, properties);
      const inputs = clean({ ...said, ...controls(state.args as Properties) });
      const holder = holderOf(properties) ?? newHolder();
      // What a program only reads must not be deleted under its eyes; a refresh says nothing about the program.
      if (isLookUp(state)) run.holders.add(type, id, holder);
      const beside = hidden(said, holder, properties);
      return { inputs, props: clean({ ...inputs, ...state.outputs, ...live.outputs, ...beside }) };
    },

    update: (id, properties, given, change) =>
      guarded([properties, given], async () => {
        const args = strict(given);
        const holder = holderOf(properties) ?? newHolder();
        const beside = hidden(args, holder, given);
        const { outputs: changed } = await write(args as Properties, async () => ({
          id,
          outputs: await withState({ ...args, ...beside }, () => change(args, stateOf(properties))),
        }));
        run.holders.remove(type, id, holderOf(properties));
        run.holders.add(type, id, holder);
        return { outs: clean({ ...args, ...changed, ...beside }) };
      }),

    isKept(id, properties) {
      const holder = holderOf(properties);
      const isKept = run.holders.hasOther(type, id, holder);
      run.holders.remove(type, id, holder);
      if (isKept) {
        run.say(
          `${objectText(type, id, properties)} is kept, since another resource of this program has it: it was renamed, moved or adopted.`,
        );
      }
      return isKept;
    },
  };
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
