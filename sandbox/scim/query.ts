import { memberOf, type ScimBody, textOf } from "./body";
import { badRequest, scimError } from "./refusal";

/** What a read asks for, in the query of a GET or in the body of a search. */
export interface ScimQuery {
  readonly filter: string | undefined;
  readonly startIndex: number;
  readonly count: number | undefined;
  /** The user store to look in. */
  readonly domain: string | undefined;
  readonly shown: Shown;
}

/** Which attributes an answer has. */
export interface Shown {
  readonly attributes: readonly string[];
  readonly excludedAttributes: readonly string[];
}

/** How many a search answers that does not say it. */
const SEARCH_COUNT = 100;

type Parameters = Readonly<Record<string, string>>;

export function shownBy({ attributes = "", excludedAttributes = "" }: Parameters): Shown {
  return { attributes: names(attributes.split(",")), excludedAttributes: names(excludedAttributes.split(",")) };
}

/** The query of a GET. */
export function queryOf(parameters: Parameters): ScimQuery {
  if (parameters.sortBy !== undefined) throw sorting();
  return {
    filter: parameters.filter,
    startIndex: integer(parameters.startIndex) ?? 1,
    count: integer(parameters.count),
    domain: parameters.domain,
    shown: shownBy(parameters),
  };
}

/** The query in the body of a `.search`. */
export function searchOf(body: ScimBody): ScimQuery {
  if (memberOf(body, "sortBy") !== undefined) throw sorting();
  return {
    filter: textOf(body, "filter"),
    startIndex: integer(memberOf(body, "startIndex")) ?? 1,
    count: integer(memberOf(body, "count")) ?? SEARCH_COUNT,
    domain: textOf(body, "domain"),
    shown: {
      attributes: names(memberOf(body, "attributes") ?? []),
      excludedAttributes: names(memberOf(body, "excludedAttributes") ?? []),
    },
  };
}

function sorting() {
  return scimError(501, "Sorting is not supported.");
}

function integer(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value === "" || !Number.isInteger(number)) throw badRequest("invalidValue");
  return number;
}

function names(list: unknown): string[] {
  if (!Array.isArray(list)) throw badRequest("invalidSyntax");
  return list.map((name) => String(name).trim()).filter(Boolean);
}
