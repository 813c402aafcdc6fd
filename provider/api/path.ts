import { AsgardeoError } from "../errors";

/** A path below the management base URL, every variable encoded. Only `path` makes one. */
export interface Path {
  readonly text: string;
}

/** Encodes every variable of a path. */
export function path(parts: TemplateStringsArray, ...values: string[]): Path {
  return { text: String.raw({ raw: parts }, ...values.map(segment)) };
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
