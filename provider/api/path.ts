import { AsgardeoError } from "../errors";
import { familyOf } from "./families";
import type { Family } from "./family";
import { inAscii, isId } from "./ids";

/**
 * A whole path below the tenant's base URL, every variable encoded. Only `path` makes one. In an organization of the tenant
 * the same paths are below `/o`: the client adds that.
 */
export interface Path {
  readonly text: string;
  /** What its API has in common with others: media type, form of errors, and what its codes mean. */
  readonly family: Family;
}

/** A variable that is a name and no id, such as that of a scope: it may have slashes, which are encoded. */
export interface Name {
  readonly name: string;
}

/** Encodes every variable of a path, each an id unless it is said to be a name. What comes before the first one tells the family. */
export function path(parts: TemplateStringsArray, ...values: (string | Name)[]): Path {
  const text = String.raw({ raw: parts }, ...values.map(segment));
  return { text, family: familyOf(text) };
}

/** URLs drop segments of dots even where they are encoded, so the request would go to the whole collection. */
function segment(value: string | Name): string {
  if (typeof value === "string") {
    if (!isId(value)) throw new AsgardeoError(`${inAscii(value)} cannot be the id of an object. ${adviceForId}`);
    return encodeURIComponent(value);
  }
  // A half of a character has no encoding.
  if (/^\.{0,2}$|\p{Surrogate}/u.test(value.name))
    throw new AsgardeoError(`${inAscii(value.name)} cannot be the name of an object`);
  return encodeURIComponent(value.name);
}

/** An earlier version believed what a broken server said. */
const adviceForId =
  "If it is in the state of this stack, take its resource out with `pulumi state delete`, and add `adopt: true` to it in the program: the next run finds the object by its name.";

/** Query parameters; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** The parameters as they stand at the end of a URL; nothing where there are none. */
export function queryText(query: Query = {}): string {
  const given = Object.entries(query).flatMap(([k, v]): [string, string][] =>
    v === undefined ? [] : [[k, String(v)]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
