import type { Api } from "../api/api";
import { AsgardeoError, ConnectionError, SettingsError } from "../errors";
import type { Failure } from "./check";
import type { Properties } from "./clean";
import { controls, takenAdvice } from "./controls";
import type { Definition, Match } from "./definition";
import { changeText } from "./differences";
import { adoption, keyProperty } from "./recovery";
import { referenceFailures } from "./references";
import type { Run } from "./run";
import { hasUnknown } from "./unknown";

/** Under this name a program's class tells the resource's name: Pulumi tells a provider neither that nor a URN. */
export const nameProperty = "__logicalName";

/** A resource that is about to be looked at, as Pulumi shows it. */
export interface Candidate {
  /** The name in the program. */
  readonly name: string | undefined;
  /** What the program said before; undefined for a new object. */
  readonly old: Properties | undefined;
  readonly args: Properties;
  readonly isChanged: boolean;
}

/** What can be known of a change before anything is written. One for each type and process. */
export interface Preflight {
  /** What contradicts the rest of the program, as far as it is known by now. Costs no request. */
  disagreements(candidate: Candidate): Promise<Failure[]>;
  /** What the tenant would refuse; what it would do beyond what the change says is said. */
  failures(api: Api, candidate: Candidate): Promise<Failure[]>;
  /** Whether a look in this run proved that no object had this natural key. */
  wasAbsent(args: object): boolean;
}

/** Pulumi does not tell what becomes of the resource that had the object before, so the preview may seem to say otherwise. */
const adoptionLimits =
  "Where another resource that has it is deleted, the object is kept; where the run replaces it by force, it is made anew.";

/** The checks of a type that look beyond its own args. */
export function preflight<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  run: Run,
): Preflight {
  const { keys, references = [] } = definition;
  const ours = new Set<string>();
  const absent = new Set<string>();

  const keyOf = (args: object) => keys.map((name) => JSON.stringify((args as Properties)[name])).join();

  /** For a new object: whether something has its natural key, and how that is, where it is to be adopted. */
  async function existingObject(api: Api, args: Properties): Promise<{ failures: Failure[]; existing?: Properties }> {
    // While an object is being replaced, Pulumi asks as if it were new: what has its key is the object itself.
    if (ours.has(keyOf(args))) return { failures: [] };
    const match = await definition.match(api, args, run);
    const found = match && run.program.isReplacing(definition.type, match.id) ? undefined : match;
    if (!found) {
      if (!keys.some((name) => hasUnknown(args[name]))) absent.add(keyOf(args));
      return { failures: [] };
    }
    if (!controls(args).adopt) return { failures: [takenFailure(keyProperty(definition), args, found)] };
    run.program.noteAdoption(definition.type, keys, args, found.id);
    const { refusal, changes, existing } = await adoption(definition, api, found, args);
    if (refusal !== undefined) return { failures: [{ property: "adopt", reason: refusal }] };
    const list = changes.length === 0 ? "It is as declared." : `What changes: ${changes.map(changeText).join("; ")}.`;
    run.say(`will adopt ${found.what} (id ${found.id}). ${list} ${adoptionLimits}`);
    return { failures: [], existing };
  }

  async function asked(api: Api, candidate: Candidate): Promise<Failure[]> {
    const { old, args } = candidate;
    await api.ready();
    const { failures, existing } = old ? { failures: [], existing: old } : await existingObject(api, args);
    const warnings = (existing && (await definition.warn?.(api, existing, args, run))) ?? [];
    const found = (await definition.verify?.(api, args, existing, run)) ?? [];
    const all = [...warnings, ...found.filter(({ isWarning }) => isWarning).map(({ reason }) => reason)];
    for (const text of all) run.say(`warning: ${labelOf(definition, candidate)}: ${text}`);
    return [
      ...failures,
      ...(await referenceFailures(references, run, args, api)),
      ...found.filter(({ isWarning }) => !isWarning),
    ];
  }

  return {
    async disagreements({ name, old, args, isChanged }) {
      if (old) ours.add(keyOf(old));
      const twin = run.program.declare({ type: definition.type, name, old, args }, keys);
      const isNew = old === undefined || isChanged;
      return [
        ...(twin ? [twinFailure(definition, args, twin.name, name)] : []),
        // What changes is looked at again with the tenant at hand.
        ...(isNew ? [] : await referenceFailures(references, run, args, undefined)),
        ...(definition.agree?.(args, run) ?? []),
      ];
    },

    async failures(api, candidate) {
      const unreachable = run.causes.ofTenant;
      if (unreachable !== undefined) return [{ property: "", reason: run.causes.told(unreachable) }];
      try {
        return await asked(api, candidate);
      } catch (error) {
        if (!(error instanceof AsgardeoError)) throw error;
        if (error instanceof ConnectionError || error instanceof SettingsError) run.causes.ofTenant = error;
        return [{ property: "", reason: run.causes.told(error) }];
      }
    },

    wasAbsent: (args) => absent.has(keyOf(args)),
  };
}

/** A resource, for a line that Pulumi does not attach to it: `ApiResource "orders"`, by its name in the program. */
export function labelOf(
  { type, keys }: { readonly type: string; readonly keys: readonly string[] },
  { name, args }: Pick<Candidate, "name" | "args">,
): string {
  return `${type} ${name === undefined ? keys.map((key) => JSON.stringify(args[key])).join(", ") : JSON.stringify(name)}`;
}

function takenFailure(property: string, args: Properties, { id, what, refusal }: Match): Failure {
  const taken = `${property}: ${JSON.stringify(args[property])} is taken by ${what} (id ${id}).`;
  return { property, reason: refusal === undefined ? `${taken}${takenAdvice}` : `${taken} ${refusal}` };
}

/** Two resources of one object would undo each other's work, and whichever leaves the program would delete it for both. */
function twinFailure(
  { type, keys }: { readonly type: string; readonly keys: readonly string[] },
  args: Properties,
  first: string | undefined,
  second: string | undefined,
): Failure {
  const property = keys.at(-1) ?? "";
  const values = keys.map((key) => `${key} ${JSON.stringify(args[key])}`).join(" and ");
  return {
    property,
    reason: `${property}: the resources "${first}" and "${second}" of this program are the same ${type}, by ${values}. Take one of them out, or give it another ${property}.`,
  };
}
