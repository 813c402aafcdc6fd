import type { z } from "zod";
import type { Api } from "../api/api";
import { AsgardeoError, isAmbiguous, reasonOf } from "../errors";
import type { Properties } from "./clean";
import { described } from "./controls";
import type { Created, Definition, Known, Match } from "./definition";
import { project } from "./diff";
import { type Change, changeText, differences } from "./differences";
import type { Run } from "./run";
import { markOf, type Plain, schemaAt } from "./schema";
import { hasUnknown } from "./unknown";

/** Takes an existing object over, and brings it to what is declared. */
export async function adopted<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: Api,
  found: Match,
  args: Plain<Args>,
  run: Run,
): Promise<Created<Outputs>> {
  const { refusal, outputs, changes } = await adoption(definition, api, found, args);
  if (refusal !== undefined) throw new AsgardeoError(refusal);
  const { id } = found;
  if (changes.length === 0) return { id, outputs: await outputsOf(definition, api, id, args, run) };
  return { id, outputs: await definition.update(api, id, args, { args: {}, outputs }, run) };
}

/** The property that a message about a taken object begins with. */
export function keyProperty({ keys }: { readonly keys: readonly string[] }): string {
  return keys.at(-1) ?? "";
}

/** What it would be to take an object over. */
interface Adoption<Outputs> {
  /** Why it cannot be, where it cannot. */
  readonly refusal?: string;
  readonly changes: readonly Change[];
  /** How the object is, as far as the program declares it. */
  readonly existing: Properties;
  readonly outputs: Partial<Outputs>;
}

/** Looks at an object that is to be taken over. Values may be unknown: those may be right. */
export async function adoption<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: Api,
  { id, what, refusal }: Match,
  args: object,
): Promise<Adoption<Outputs>> {
  const { args: schema, replaceOn, secretArgs = [] } = definition;
  const hide = (text: string) => api.hidden(text);
  const cannot = (why: string) => `adopt: ${what} (id ${id}) cannot be ${why}`;
  if (refusal !== undefined)
    return { refusal: cannot(`taken over: ${refusal}`), changes: [], existing: {}, outputs: {} };
  const live = await definition.read(api, id, { args: args as Partial<Plain<Args>>, outputs: {} });
  const changes = differences(schema, { ...assumedOf(schema, replaceOn), ...described(args) }, live?.args);
  const fixed = changes
    .filter(({ path }) => replaceOn.some((name) => path === name || path.startsWith(`${name}.`)))
    .filter(({ to }) => !hasUnknown(to));
  return {
    changes,
    existing: project(schema, described(args), live?.args ?? {}) as Properties,
    outputs: live?.outputs ?? {},
    ...(fixed.length > 0 && {
      refusal: cannot(
        `brought to what is declared, since this cannot change: ${fixed.map((change) => changeText(change, secretArgs, hide)).join("; ")}`,
      ),
    }),
  };
}

/** What is meant by these args where they are left out, as far as that is fixed: saying it later would be no change. */
export function assumedOf(schema: z.ZodType, names: readonly string[]): Properties {
  const values = names.map((name): [string, unknown] => [name, markOf(schemaAt(schema, [name])).assumed]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/**
 * Creates an object. Where the answer is lost, it is looked for: one that was not there before, and is in all that is
 * declared what was asked for, is the one. Anything else is said, so that there is never a second one, nor one that
 * nobody knows of.
 */
export async function recovered<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: Api,
  args: Plain<Args>,
  run: Run,
  wasAbsent: boolean,
): Promise<Created<Outputs>> {
  try {
    return await definition.create(api, args, run);
  } catch (error) {
    if (!isAmbiguous(error) || !(error instanceof Error)) throw error;
    const found = await lookedFor(definition, api, args, run, error);
    if (!found) throw error;
    const proof = wasAbsent ? await asDeclared(definition, api, found.id, args, run).catch(reasonOf) : undefined;
    if (typeof proof === "object") return { id: found.id, outputs: proof };
    const why = proof === undefined ? ". " : `: ${proof}\n`;
    throw new AsgardeoError(
      `${error.message}\n${found.what} (id ${found.id}) exists now, and whether this run made it cannot be proved${why}If it is the one that this program is to manage, add \`adopt: true\` to the resource and run again; else choose another ${keyProperty(definition)}.`,
      { cause: error },
    );
  }
}

async function lookedFor<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: Api,
  args: Plain<Args>,
  run: Run,
  lost: Error,
): Promise<Match | undefined> {
  try {
    return await definition.match(api, args as Record<string, unknown>, run, true);
  } catch (error) {
    throw new AsgardeoError(
      `${lost.message}\nWhether the object was made is not known, since looking for it failed, too: ${reasonOf(error)}\nRun again. If the ${keyProperty(definition)} is taken then, add \`adopt: true\` to the resource.`,
      { cause: lost },
    );
  }
}

/** The outputs of an object that is in all that is declared what was asked for. */
async function asDeclared<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: Api,
  id: string,
  args: Plain<Args>,
  run: Run,
): Promise<Known<Outputs> | undefined> {
  const live = await definition.read(api, id, { args: args as Partial<Plain<Args>>, outputs: {} });
  if (!live || differences(definition.args, described(args), live.args).length > 0) return undefined;
  return outputsOf(definition, api, id, args, run);
}

/** The outputs of an object that is as declared: since nothing differs, this asks for them and sends no change. */
function outputsOf<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: Api,
  id: string,
  args: Plain<Args>,
  run: Run,
): Promise<Known<Outputs>> {
  return definition.update(api, id, args, { args: args as Partial<Plain<Args>>, outputs: {} }, run);
}
