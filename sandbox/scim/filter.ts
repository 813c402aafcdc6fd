import { conditionsOf, type Filter, holds, parseFilter, satisfies } from "../filter";
import type { Refusal } from "../refusal";
import { badRequest } from "./refusal";

/** What a resource can be filtered by. */
export interface Filterable<R> {
  readonly operators: readonly string[];
  /** Whether conditions may be joined by `and`. */
  readonly joined: boolean;
  /** The refusal of conditions that are joined otherwise. */
  readonly tooComplex: () => Refusal;
  /** The values of an attribute, given its name in small letters, with its schema if it was named. */
  readonly values: (record: R, attribute: string) => readonly string[];
  /** Refuses an attribute that is not to be filtered by, as it was written. */
  readonly refuseAttribute?: (attribute: string) => void;
}

/** A test of records by a filter; without a filter, all pass. */
export function scimPredicate<R>(text: string | undefined, filterable: Filterable<R>): (record: R) => boolean {
  if (!text) return () => true;
  const filter = parseFilter(text);
  if (!filter) throw badRequest("invalidFilter");
  if (isTooComplex(filter, filterable.joined)) throw filterable.tooComplex();
  for (const { attribute, operator } of conditionsOf(filter)) {
    if (!filterable.operators.includes(operator)) throw badRequest("invalidFilter");
    filterable.refuseAttribute?.(attribute);
  }
  return (record) =>
    satisfies(filter, (condition) => {
      const values = filterable.values(record, condition.attribute.toLowerCase());
      // Nothing is equal to what is not there, so everything differs from it.
      if (condition.operator === "ne") return values.every((value) => holds(value, condition));
      return values.some((value) => holds(value, condition));
    });
}

function isTooComplex(filter: Filter, joined: boolean): boolean {
  if ("any" in filter) return true;
  return "all" in filter && (!joined || filter.all.some((part) => isTooComplex(part, joined)));
}
