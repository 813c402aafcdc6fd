import { AsgardeoError } from "../errors";
import { familyOf } from "./families";
import type { Family } from "./family";

/** A whole path below the tenant's base URL, every variable encoded. Only `path` makes one. */
export interface Path {
  readonly text: string;
  /** What its API has in common with others: media type, form of errors, and what its codes mean. */
  readonly family: Family;
  /** Whether it leads to an organization of the tenant: which one, only a token that was switched to it says. */
  readonly isInOrganization: boolean;
}

/** Encodes every variable of a path. What comes before the first one tells the family. */
export function path(parts: TemplateStringsArray, ...values: string[]): Path {
  const text = String.raw({ raw: parts }, ...values.map(segment));
  return { text, family: familyOf(text), isInOrganization: text.startsWith("/o/") };
}

/** URLs drop such segments even where they are encoded, so the request would go to the whole collection. */
function segment(value: string): string {
  if (/^\.{0,2}$/.test(value)) throw new AsgardeoError(`"${value}" cannot be the id or name of an object`);
  return encodeURIComponent(value);
}

/** Query parameters; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** The parameters as they stand at the end of a URL; nothing where there are none. */
export function queryText(query: Query = {}): string {
  const given = Object.entries(query).flatMap(([k, v]): [string, string][] =>
    v === undefined ? [] : [[k, String(v)]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
