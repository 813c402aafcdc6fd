import type { Properties } from "./clean";

/**
 * Under this name a program's class tells of the whole program. A check takes it out again, so it is in no state and in no
 * diff.
 */
export const toldProperty = "__program";

/** What a program tells of itself with each of its resources. */
export interface Told {
  /** Whether it runs for a preview, after which nothing is written. */
  readonly isPreview: boolean;
  /** The types of the resources that it has declared for the same provider so far. */
  readonly types: readonly string[];
}

/** What a program has told with a resource; undefined where its class did not. */
export function toldIn({ [toldProperty]: told }: Properties): Told | undefined {
  if (typeof told !== "object" || told === null) return undefined;
  const { isPreview, types }: { isPreview?: unknown; types?: unknown } = told;
  if (!Array.isArray(types)) return undefined;
  return { isPreview: isPreview === true, types: types.filter((type) => typeof type === "string") };
}

export function withoutTold({ [toldProperty]: _, ...rest }: Properties): Properties {
  return rest;
}
