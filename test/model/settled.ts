import { subjects } from "../subjects/index";
import type { Declared } from "./declared";
import { at, missing } from "./json";
import { keyOf } from "./program";
import { providerOn, RunError } from "./stack";
import { figures, tellUser } from "./story";
import type { World } from "./world";

/** More than there are resources, since each may ask for something once. */
const mostRuns = 12;

/** Runs without faults until all is done, and does what the messages ask for. */
export async function settle(world: World): Promise<void> {
  for (let i = 1; ; i++) {
    try {
      const provider = providerOn(world.sandbox);
      await world.stack.refresh(provider);
      await world.stack.up(provider, world.program);
      return;
    } catch (error) {
      if (i === mostRuns || !(error instanceof RunError) || !(await followed(world, error))) throw error;
    } finally {
      await world.forgetOvertaken(false);
    }
  }
}

/** Does what a message asks for; false where it asks for nothing that is left to do. */
export async function followed(world: World, error: RunError): Promise<boolean> {
  const before = world.stack.adopt.size;
  tellUser(world, error);
  return world.stack.adopt.size > before || removed(world, error);
}

/** Where an object cannot be taken over, or holds the scopes that are wanted, the user deletes it. */
async function removed(world: World, { message }: RunError): Promise<boolean> {
  const ids = [...message.matchAll(/\(id ([^\s)]+)\)/g)].map(([, id = ""]) => id);
  const isScope = message.includes("scopes: one of these names");
  const known = new Set([...world.stack.saved.values()].map(({ id }) => id));
  const inTheWay = world
    .objects()
    .filter(
      ({ id, path }) =>
        (ids.includes(id) || (isScope && path.startsWith(subjects.ApiResource.creation))) && !known.has(id),
    )
    .map(({ path }) => path);
  const authorizations = ids.filter((id) => id.includes("/")).map((id) => subjects.ApiAuthorization.path(id));
  for (const path of [...inTheWay, ...authorizations]) {
    await world.console("DELETE", path);
    figures.removed++;
  }
  return inTheWay.length + authorizations.length > 0;
}

/** Everything in which the tenant is not what it should be. */
export async function problems(world: World): Promise<string[]> {
  const declared = await Promise.all(world.program.map((one) => notAsDeclared(world, one)));
  return [...declared.flat(), ...(await lost(world)), ...strays(world), ...doubles(world)];
}

async function notAsDeclared(world: World, declared: Declared): Promise<string[]> {
  const saved = world.stack.saved.get(declared.name);
  if (!saved) return [`${declared.name} is not in the state`];
  const found = await subjects[declared.type].inStories.differences(world, declared, saved);
  return found.map((text) => `${declared.name}: ${text}`);
}

/** What somebody has set by hand, and the program leaves alone. */
async function lost(world: World): Promise<string[]> {
  const all = world.byHand.map(async ({ path, member, value }) => {
    const { body } = await world.console("GET", path);
    return missing(value, at(body, member), member).map((text) => `set by hand: ${path}: ${text}`);
  });
  return (await Promise.all(all)).flat();
}

/** Objects that nobody knows of: neither the state, nor whoever made it in the console, nor the reader of a message. */
function strays(world: World): string[] {
  const asked = world.told.filter(({ message }) => message.includes("`adopt: true`"));
  const isTold = (key: string) => world.inDoubt.has(key) || asked.some(({ resource }) => keyOf(resource) === key);
  return world
    .unknown()
    .filter(({ id, key }) => !isTold(key) && !world.inDoubt.has(id))
    .map(({ path, key }) => `nobody knows of ${path} (${key})`);
}

function doubles(world: World): string[] {
  const keys = world.objects().map(({ key }) => key);
  return keys.filter((key, i) => keys.indexOf(key) < i).map((key) => `${key} is there twice`);
}
