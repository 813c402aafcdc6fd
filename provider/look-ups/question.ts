import { z } from "zod";
import { check } from "../core/check";
import { clean } from "../core/clean";
import { AsgardeoError } from "../errors";

/** The args of a look-up by one of several keys. */
export type OneOf<Keys> = {
  [K in keyof Keys]: Pick<Keys, K> & { [Other in Exclude<keyof Keys, K>]?: undefined };
}[keyof Keys];

const nonEmptyText = z.string().min(1, "must not be empty");

/** The one key that a program gives, and its value. */
export function oneKey<Keys>(args: OneOf<Keys>, names: readonly (keyof Keys & string)[]): OneOf<Keys> {
  const given = texts(args, names);
  const keys = Object.keys(given);
  if (keys.length !== 1) {
    const listed = names.map((name) => `\`${name}\``).join(", ");
    const instead = keys.length === 0 ? "none is given" : `${keys.map((key) => `\`${key}\``).join(" and ")} are given`;
    throw new AsgardeoError(`give exactly one of ${listed}: ${instead}`);
  }
  return given as OneOf<Keys>;
}

/** A name, with its user store or without, or an id: exactly one of the two. */
export function namedOrById<Args>(args: object, name: string): Args {
  const given = texts(args, [name, "userStore", "id"]);
  const { userStore, ...key } = given;
  oneKey(key as OneOf<Record<string, string>>, [name, "id"]);
  if (userStore !== undefined && given.id !== undefined) {
    throw new AsgardeoError(`userStore: belongs to \`${name}\`; an id needs none, so take it out`);
  }
  return given as Args;
}

/** What is given of some optional texts; anything else is refused. */
export function texts(args: object | undefined, names: readonly string[]): Record<string, unknown> {
  const given = clean(args ?? {});
  const schema = z.strictObject(Object.fromEntries(names.map((name) => [name, nonEmptyText.optional()])));
  const failures = check(schema, given);
  if (failures.length > 0) throw new AsgardeoError(failures.map(({ reason }) => reason).join("\n"));
  return given;
}

/** The only element; an error where there are several. */
export function only<T extends { readonly id: string }>(found: readonly T[], what: string): T | undefined {
  // A list that grows while it is read may show the same object on two pages.
  const ids = [...new Set(found.map(({ id }) => id))];
  if (ids.length > 1)
    throw new AsgardeoError(`${what} stands for ${ids.length} objects: give the id, one of ${ids.join(", ")}`);
  return found[0];
}
