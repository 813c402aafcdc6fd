import type { ScimQuery } from "./query";

interface Limits {
  /** How many are answered to a request that does not say it. Default: all. */
  readonly count?: number;
  /** How many are answered at most, without a word. Default: all. */
  readonly most?: number;
  /** Whether a request for none is answered as if there were none at all. */
  readonly noneAtZero?: boolean;
}

/** The answer of a list: a page of what was found. Without anything on it, it has no `Resources`. */
export function scimList<R>(
  found: readonly R[],
  { startIndex, count }: Pick<ScimQuery, "startIndex" | "count">,
  item: (record: R) => object,
  limits: Limits = {},
): object {
  const start = Math.max(1, startIndex);
  const asked = Math.max(0, count ?? limits.count ?? found.length);
  const page = found.slice(start - 1, start - 1 + Math.min(asked, limits.most ?? asked));
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: asked === 0 && limits.noneAtZero ? 0 : found.length,
    startIndex: start,
    itemsPerPage: page.length,
    ...(page.length > 0 && { Resources: page.map(item) }),
  };
}
