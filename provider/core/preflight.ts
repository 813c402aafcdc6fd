import type { Api } from "../api/api";
import { type Ahead, type Candidate, type Identity, keyText, lookingAhead } from "./ahead";
import type { Failure } from "./check";
import type { Properties } from "./clean";
import { controls, takenAdvice } from "./controls";
import type { Definition, Match } from "./definition";
import { changesText } from "./differences";
import { adoption, assumedOf, keyProperty } from "./recovery";
import type { Run } from "./run";
import { hasUnknown } from "./unknown";

/** What can be known of a change to an object before anything is written. */
export interface Preflight extends Ahead {
  /** Whether a look in this run proved that no object had this natural key. */
  wasAbsent(args: object): boolean;
}

/** Pulumi does not tell what becomes of the resource that had the object before, so the preview may seem to say otherwise. */
const adoptionLimits =
  "Where another resource that has it is deleted, the object is kept; where the run replaces it by force, it is made anew.";

/** The checks of an object that look beyond its own args. */
export function preflight<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  run: Run,
): Preflight {
  const { type, keys } = definition;
  // One that is left out is told apart by what it stands for.
  const assumed = assumedOf(definition.args, keys);
  const identity: Identity = { type, keys, keyed: (args) => ({ ...assumed, ...args }) };
  const absent = new Set<string>();

  /** Whether something has the natural key, and how that is, where it is to be adopted. */
  async function existingObject(
    api: Api,
    { args }: Candidate,
  ): Promise<{ failures: Failure[]; existing?: Properties }> {
    const match = await definition.match(api, args, run);
    const found = match && run.program.isReplacing(type, match.id) ? undefined : match;
    if (!found) {
      if (!keys.some((name) => hasUnknown(args[name]))) absent.add(keyText(identity, args));
      return { failures: [] };
    }
    if (!controls(args).adopt) return { failures: [takenFailure(keyProperty(definition), args, found)] };
    run.program.noteAdoption(type, keys, identity.keyed(args), found.id);
    const { refusal, changes, existing } = await adoption(definition, api, found, args);
    if (refusal !== undefined) return { failures: [{ property: "adopt", reason: refusal }] };
    run.say(
      `will adopt ${found.what} (id ${found.id}). ${changesText(changes, definition.secretArgs ?? [], run.hide)} ${adoptionLimits}`,
    );
    return { failures: [], existing };
  }

  return {
    ...lookingAhead(definition, run, {
      identity,
      twin: ({ name, args }, other) => twinFailure(definition, { name, args: identity.keyed(args) }, other),
      existing: existingObject,
    }),
    wasAbsent: (args) => absent.has(keyText(identity, args)),
  };
}

function takenFailure(property: string, args: Properties, { id, what, refusal }: Match): Failure {
  const taken = `${property}: ${JSON.stringify(args[property])} is taken by ${what} (id ${id}).`;
  return { property, reason: refusal === undefined ? `${taken}${takenAdvice}` : `${taken} ${refusal}` };
}

/** Two resources of one object would undo each other's work, and whichever leaves the program would delete it for both. */
function twinFailure(
  { type, keys }: { readonly type: string; readonly keys: readonly string[] },
  { name, args }: Pick<Candidate, "name" | "args">,
  other: string | undefined,
): Failure {
  const property = keys.at(-1) ?? "";
  const given = keys.filter((key) => args[key] !== undefined && args[key] !== "");
  const values = given.map((key) => `${key} ${JSON.stringify(args[key])}`).join(" and ");
  return {
    property,
    reason: `${property}: the resources "${other}" and "${name}" of this program are the same ${type}, by ${values}. Take one of them out, or give it another ${property}.`,
  };
}
