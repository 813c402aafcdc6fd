import { subjects } from "../subjects/index";
import type { Declared } from "./declared";
import { at, missing, withoutSharing } from "./json";
import { keyOf } from "./program";
import { RunError } from "./saved";
import { followed } from "./user";
import type { World } from "./world";

/** More than there are resources, since each may ask for something once. */
const mostRuns = 40;

/** Runs without faults until all is done, and does what the messages ask for. */
export async function settle(world: World): Promise<void> {
  for (let i = 1; ; i++) {
    const organizations = organizationsOf(world);
    try {
      const provider = world.provider();
      await world.stack.refresh(provider);
      await world.stack.up(provider, world.program);
      // With its last organization a share ends, which changes the login flow: only the next refresh can see that.
      if (organizationsOf(world) >= organizations) return;
    } catch (error) {
      if (i === mostRuns || !(error instanceof RunError) || !(await followed(world, error))) throw error;
    } finally {
      await world.forgetOvertaken(false);
    }
  }
}

const organizationsOf = ({ tenant: { organizations } }: World) => organizations.length;

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
    return missing(value, withoutSharing(at(body, member)), member).map((text) => `set by hand: ${path}: ${text}`);
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
