import { AsgardeoError } from "../../provider/errors";
import { subjects } from "../subjects/index";
import type { TypeName } from "../support/managed";
import { RunError } from "./saved";
import type { World } from "./world";

/** Figures over many stories. */
export const figures = { stories: 0, runs: 0, changes: 0, edits: 0, faults: 0, adopted: 0, removed: 0, inside: 0 };

/** How often resources of each type were declared at the end of a story, edited in the console, and taken over. */
export const figuresOfTypes: Partial<Record<TypeName, { declared: number; edited: number; adopted: number }>> = {};

export function countType(type: TypeName, what: "declared" | "edited" | "adopted"): void {
  const counts = figuresOfTypes[type] ?? { declared: 0, edited: 0, adopted: 0 };
  figuresOfTypes[type] = { ...counts, [what]: counts[what] + 1 };
}

/** Tells the user of a failure, who adds what the message asks for; only errors that are meant for users may come. */
export function tellUser(world: World, error: unknown): void {
  if (!(error instanceof RunError)) throw error;
  const { cause, resource } = error;
  if (!(cause instanceof AsgardeoError) && !(cause instanceof Error && cause.constructor === Error)) throw cause;
  world.told.push(error);
  if (!cause.message.includes("`adopt: true`") || world.stack.adopt.has(resource.name)) return;
  world.stack.adopt.add(resource.name);
  figures.adopted++;
  countType(resource.type, "adopted");
}

/** Tells the user of a failure; false where the message asks for nothing that is left to do. */
export async function followed(world: World, error: RunError): Promise<boolean> {
  const before = world.stack.adopt.size;
  tellUser(world, error);
  return world.stack.adopt.size > before || (await removed(world, error));
}

/** Where an object cannot be taken over, or holds the scopes that are wanted, the user deletes it. */
async function removed(world: World, { message }: RunError): Promise<boolean> {
  const ids = [...message.matchAll(/\(id ([^\s)]+)\)/g)].map(([, id = ""]) => id);
  const isScope = message.includes("One of these names is taken by another API");
  const known = new Set([...world.stack.saved.values()].map(({ id }) => id));
  const inTheWay = world
    .objects()
    .filter(
      ({ id, path }) =>
        (ids.includes(id) || (isScope && path.startsWith(subjects.ApiResource.creation))) && !known.has(id),
    )
    .map(({ path }) => path);
  const authorizations = ids.filter((id) => id.includes("/")).map((id) => subjects.ApiAuthorization.path(id));
  const old = await destroyedOld(world, ({ id, type }) => ids.includes(id) || (isScope && type === "ApiResource"));
  for (const path of [...inTheWay, ...authorizations]) {
    await world.console("DELETE", path);
    figures.removed++;
  }
  return inTheWay.length + authorizations.length + old > 0;
}

/** `pulumi destroy --target … --target-dependents`, for what the program has no longer; answers for how many. */
async function destroyedOld(world: World, isMeant: (one: { id: string; type: string }) => boolean): Promise<number> {
  const { stack, program } = world;
  const all = [...stack.saved.values()];
  const old = all
    .filter(
      ({ id, declared }) => isMeant({ id, type: declared.type }) && !program.some((p) => p.name === declared.name),
    )
    .map(({ declared }) => declared.name);
  const dependents = all
    .filter(({ declared }) => Object.values(declared.refs).some(({ of }) => old.includes(of)))
    .map(({ declared }) => declared.name);
  if (old.length > 0) await stack.destroyAll(world.provider(), [...old, ...dependents]);
  return old.length;
}
