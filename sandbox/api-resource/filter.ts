import { conditionsOf, type Filter, holds, parseFilter, satisfies } from "../filter";
import { apiResourceError, type Refusal } from "../refusal";

const operators = new Set(["eq", "ne", "co", "sw", "ew", "ge", "le", "gt", "lt"]);

/** A test of records by a filter over some of their members; conditions can be joined by `and` only. */
export function predicateOf<R>(
  text: string | undefined,
  members: Readonly<Record<string, (record: R) => string>>,
): (record: R) => boolean {
  if (!text) return () => true;
  const filter = parseFilter(text);
  if (!filter || hasAlternatives(filter)) throw badFilter(text);
  for (const { attribute, operator } of conditionsOf(filter)) {
    if (!Object.hasOwn(members, attribute) || !operators.has(operator)) throw badFilter(text);
  }
  return (record) => satisfies(filter, (condition) => holds(members[condition.attribute]?.(record) ?? "", condition));
}

function badFilter(text: string): Refusal {
  return apiResourceError(400, 60001, "Invalid filter.", `The filter: ${text} is not valid.`);
}

function hasAlternatives(filter: Filter): boolean {
  if ("any" in filter) return true;
  return "all" in filter && filter.all.some(hasAlternatives);
}
