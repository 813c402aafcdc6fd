import type { Api } from "../api/api";
import { type Ahead, type Candidate, type Identity, lookingAhead } from "./ahead";
import type { Failure } from "./check";
import { type Properties, pick } from "./clean";
import { project } from "./diff";
import { changesText, differences } from "./differences";
import type { Run } from "./run";
import type { Plain } from "./schema";
import type { SettingDefinition } from "./setting";
import { hasUnknown } from "./unknown";

/** Under this name, settings have their id among the args by which the program knows them. */
const idProperty = "__id";

const takeOverLimits =
  "What is not declared stays as it is. Deleting the resource brings the setting to the server's default, and not to what it is now.";

/** The checks of a setting that look beyond its own args. */
export function settingPreflight<Args extends object, Outputs extends object>(
  definition: SettingDefinition<Args, Outputs>,
  run: Run,
): Ahead {
  const { type, args: schema, secretArgs } = definition;
  const identity: Identity = {
    type,
    keys: [idProperty],
    keyed: (args) => ({ ...args, [idProperty]: settingId(definition, args) }),
  };

  /** A setting is always there: what somebody has made of it is taken over. */
  async function taken(api: Api, { name, args }: Candidate): Promise<{ failures: Failure[]; existing?: Properties }> {
    const id = settingId(definition, args);
    if (id === undefined) return { failures: [] };
    const found = await definition.read(api, id, { args: args as Partial<Plain<Args>>, outputs: {} });
    if (!found) return { failures: [] };
    const live = { ...found.args, ...whichOf(definition, args) };
    const changes = changesText(differences(schema, args, live), secretArgs ?? [], run.hide);
    const what = name === undefined ? type : `${type} ${JSON.stringify(name)}`;
    run.say(`will take over ${what} (id ${id}), which is always there. ${changes} ${takeOverLimits}`);
    return { failures: [], existing: project(schema, args, live) as Properties };
  }

  return lookingAhead(definition, run, {
    identity,
    twin: (candidate, other) => twinFailure(definition, candidate, other),
    existing: taken,
  });
}

/** The id of the declared setting; undefined where what says which one it is is not known yet. */
export function settingId<Args extends object, Outputs extends object>(
  definition: SettingDefinition<Args, Outputs>,
  args: Properties,
): string | undefined {
  const isKnown = definition.replaceOn.every((name) => !hasUnknown(args[name]));
  return isKnown ? definition.id(args as Plain<Args>) : undefined;
}

/** The args that say which setting it is. Nothing live is compared with them: another value is another setting. */
export function whichOf(definition: { readonly replaceOn: readonly string[] }, args: object): Properties {
  return pick(args as Properties, definition.replaceOn);
}

/** Two resources of one setting would undo each other's work, and whichever leaves the program would reset it for both. */
function twinFailure<Args extends object, Outputs extends object>(
  definition: SettingDefinition<Args, Outputs>,
  { name, args }: Candidate,
  other: string | undefined,
): Failure {
  const { type, replaceOn } = definition;
  const property = replaceOn.at(-1);
  const same = `the resources "${other}" and "${name}" of this program are the same ${type} (id ${settingId(definition, args)}).`;
  return property === undefined
    ? { property: "", reason: `${same} There is only one: take one of them out.` }
    : { property, reason: `${property}: ${same} Take one of them out, or give it another ${property}.` };
}
