import { allSubjects, subjects } from "../subjects/index";
import { shortPath, wholePath } from "../support/paths";
import { type Change, type ChangeName, changes } from "./changes";
import type { Program } from "./declared";
import { type How, RunError, type Saved } from "./saved";
import { problems } from "./settled";
import { figures, tellUser } from "./user";
import type { World } from "./world";

/** Changes the program of a stack that is as declared; answers everything in which that did not go as it should. */
export async function changeWell(world: World, name: ChangeName, pick: number, isParallel: boolean): Promise<string[]> {
  const change: Change | undefined = changes[name](world, pick);
  if (!change) return [];
  figures.changes++;
  const work = change.refused ? refusal(world, change, change.refused) : run(world, change, isParallel);
  const found = await work.catch((error: unknown) => {
    if (error instanceof RunError) return [`the run fails: ${error.message}`];
    throw error;
  });
  return found.map((text) => `${name}: ${text}`);
}

/** A program that cannot be: a preview says so, names what is wrong, and changes nothing. */
async function refusal(world: World, { program }: Change, words: readonly string[]): Promise<string[]> {
  const { stack, sandbox } = world;
  const before = sandbox.requests.length;
  const added = program.map(({ name }) => name).filter((name) => !stack.adopt.has(name));
  const found: string[] = [];
  // Whoever has followed the advice for a taken name must not get by with it.
  for (const adopts of [false, true]) {
    if (adopts) for (const name of added) stack.adopt.add(name);
    const errors = await stack.preview(world.provider(), program);
    const isTold = errors.some(({ message }) => words.every((word) => message.includes(word)));
    const texts = errors.map(({ message }) => message).join("\n");
    if (!isTold)
      found.push(`${adopts ? "with `adopt`, " : ""}the preview does not name ${words.join(" and ")}: ${texts}`);
  }
  for (const name of added) stack.adopt.delete(name);
  const writes = written(world, before);
  return writes.length > 0 ? [...found, `a preview has sent ${writes.join(", ")}`] : found;
}

async function run(world: World, { program, forced }: Change, isParallel: boolean): Promise<string[]> {
  const { stack, sandbox } = world;
  const how: How = { isParallel, ...(forced && { forced }) };
  const old = [...stack.saved.values()];
  const before = sandbox.requests.length;
  const known = old.map(({ declared }) => declared.name);
  for (;;) {
    const refused = await previewed(world, program, how);
    if (refused.length > 0) return refused;
    world.program = program;
    try {
      const did = await stack.up(world.provider(), program, how);
      const anew = [...did].flatMap(([name, step]) =>
        step === "replace" || (step === "create" && old.some(({ declared }) => declared.name === name)) ? [name] : [],
      );
      await world.forgetOvertaken(false);
      return [
        ...foreign(world, old, before),
        ...lostOnes(world, old, anew, before),
        ...stillSame(world, old, anew),
        ...leftInState(world),
        ...(await problems(world)),
        ...(await again(world)),
      ];
    } catch (error) {
      if (!isNews(world, error, known)) throw error;
    }
  }
}

/** Whether a run asks to adopt what no preview could find: what belongs to an object whose id it did not know. */
function isNews(world: World, error: unknown, known: readonly string[]): boolean {
  if (!(error instanceof RunError)) return false;
  const adopted = world.stack.adopt.size;
  tellUser(world, error);
  return Object.values(error.resource.refs).some(({ of }) => !known.includes(of)) && world.stack.adopt.size > adopted;
}

/** Previews and follows the advice, for as long as there is some. */
async function previewed(world: World, program: Program, how: How): Promise<string[]> {
  const { stack, sandbox } = world;
  for (;;) {
    const before = sandbox.requests.length;
    const errors = await stack.preview(world.provider(), program, how);
    const writes = written(world, before);
    if (writes.length > 0) return [`a preview has sent ${writes.join(", ")}`];
    if (errors.length === 0) return [];
    const known = stack.adopt.size;
    const byItself = errors.filter(({ resource: { name }, message }) => {
      const own = stack.saved.get(name);
      return own && !how.forced?.includes(name) && message.includes(`(id ${own.id})`);
    });
    for (const error of errors) tellUser(world, error);
    if (byItself.length > 0) return byItself.map(({ message }) => `it is in the way of itself: ${message}`);
    if (stack.adopt.size === known) return errors.map(({ message }) => `the preview fails: ${message}`);
  }
}

function written({ sandbox }: World, before: number): string[] {
  return sandbox.requests
    .slice(before)
    .filter(({ method, path }) => method !== "GET" && !path.endsWith("/oauth2/token"))
    .map(({ method, path }) => `${method} ${shortPath(path)}`);
}

const pathOf = ({ declared, id }: Saved) => subjects[declared.type].path(id);
const objectPaths = allSubjects.map(({ creation }) => new RegExp(`^${creation.replaceAll("*", "[^/]+")}/[^/]+$`));

/** The objects, by their paths, that have been deleted since then. */
function deleted(world: World, before: number): string[] {
  return world
    .requests(before)
    .filter(({ method, status }) => method === "DELETE" && status < 300)
    .map(({ path }) => wholePath(shortPath(path)))
    .filter((path) => objectPaths.some((pattern) => pattern.test(path)));
}

/** Objects that were deleted and are not of this stack, by the state before and after. */
export function foreign(world: World, old: readonly Saved[], before: number): string[] {
  const ours = new Set([...old, ...world.stack.saved.values(), ...world.stack.outdated].map(pathOf));
  return deleted(world, before)
    .filter((path) => !ours.has(path))
    .map((path) => `somebody else's ${path} was deleted`);
}

/** Objects that are still declared, were not to be made anew, and were deleted on the way. */
function lostOnes(world: World, old: readonly Saved[], anew: readonly string[], before: number): string[] {
  const kept = new Set(
    [...world.stack.saved.values()].filter(({ declared }) => !anew.includes(declared.name)).map(pathOf),
  );
  const known = new Set(old.map(pathOf));
  return deleted(world, before)
    .filter((path) => kept.has(path) && known.has(path))
    .map((path) => `${path} was deleted, and is in the program`);
}

/** Objects that have the same natural key as before, were not to be made anew, and are others now. */
function stillSame({ stack }: World, old: readonly Saved[], anew: readonly string[]): string[] {
  const keyOf = ({ declared: { type, args } }: Saved) => {
    const key = subjects[type].inStories.key(args);
    return key === undefined ? undefined : `${type} ${key}`;
  };
  return [...stack.saved.values()].flatMap((now) => {
    const key = keyOf(now);
    const then = old.find((one) => key !== undefined && keyOf(one) === key);
    if (!then || anew.includes(now.declared.name)) return [];
    if (then.id !== now.id) return [`${key} was ${then.id}, and is ${now.id} now`];
    const isSameClient = then.state.clientId === now.state.clientId;
    return isSameClient ? [] : [`${key} has another client`];
  });
}

function leftInState({ stack, program }: World): string[] {
  const left = [...stack.saved.keys()].filter((name) => !program.some((declared) => declared.name === name));
  return [...left, ...stack.outdated.map(({ declared }) => declared.name)].map(
    (name) => `${name} is still in the state`,
  );
}

/** The same program once more: nothing is to be done, and nothing to be asked. */
async function again(world: World): Promise<string[]> {
  const { stack, sandbox, program } = world;
  const before = sandbox.requests.length;
  const did = await stack.up(world.provider(), program);
  const steps = [...did].filter(([, step]) => step !== "same").map(([name, step]) => `a second run: ${step} ${name}`);
  return [...steps, ...sandbox.requests.slice(before).map(({ method, path }) => `a second run: ${method} ${path}`)];
}
