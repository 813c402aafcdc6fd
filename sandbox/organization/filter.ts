import type { Refusal } from "../refusal";
import type { Organization } from "./collection";
import { organizationError, whileListing } from "./refusals";

interface Condition {
  readonly attribute: string;
  readonly operator: string;
  readonly value: string;
}

const operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];
const times = ["created", "lastModified"];
const texts = ["id", "name", "orgHandle", "description", "status", "parentId"];

/** A test of organizations by a filter: conditions joined by `and`, whose values may contain blanks. */
export function organizationFilter(text: string | undefined): (organization: Organization) => boolean {
  if (!text?.trim()) return () => true;
  if (/(^|\s)(or|not)(\s|$)/i.test(text)) throw bad(60024, "Only 'and' can join the conditions of a filter.");
  const conditions = text
    .trim()
    .split(/\s+and\s+/i)
    .map(conditionOf);
  return (organization) => conditions.every((condition) => holds(organization, condition));
}

function conditionOf(text: string): Condition {
  const [, attribute = "", asked = "", value = ""] = /^(\S+)(?:\s+(\S+))?(?:\s+(.*))?$/s.exec(text.trim()) ?? [];
  const operator = asked.toLowerCase();
  if (!texts.includes(attribute) && !times.includes(attribute) && !/^attributes\../.test(attribute)) {
    throw bad(60023, `Unsupported filter attribute: ${attribute}.`);
  }
  if (operator === "") throw bad(60022, "Invalid format used for filtering.");
  if (!operators.includes(operator)) throw bad(60059, `Unsupported filter operation: ${asked}.`);
  const plain = value.trim().replace(/^"(.*)"$|^'(.*)'$/s, "$1$2");
  if (plain === "") throw bad(60060, "The value of a filter cannot be empty.");
  if (times.includes(attribute)) {
    if (["co", "sw", "ew"].includes(operator)) {
      throw bad(60072, `The operation ${operator} is not supported for ${attribute}.`);
    }
    if (Number.isNaN(Date.parse(plain))) throw bad(60071, `Invalid time format: ${plain}.`);
  }
  return { attribute, operator, value: plain };
}

function holds(organization: Organization, { attribute, operator, value }: Condition): boolean {
  if (attribute === "created" || attribute === "lastModified") {
    return compared(organization[attribute], operator, Date.parse(value));
  }
  const actual = textOf(organization, attribute);
  if (actual === undefined) return false;
  if (operator === "co") return actual.includes(value);
  if (operator === "sw") return actual.startsWith(value);
  if (operator === "ew") return actual.endsWith(value);
  return compared(actual, operator, value);
}

function textOf(organization: Organization, attribute: string): string | undefined {
  const key = /^attributes\.(.+)$/s.exec(attribute)?.[1];
  if (key !== undefined) return organization.attributes.find((each) => each.key === key)?.value;
  const { id, name, orgHandle, description, status, parentId } = organization;
  return new Map(Object.entries({ id, name, orgHandle, description, status, parentId })).get(attribute);
}

function compared<T extends string | number>(actual: T, operator: string, value: T): boolean {
  if (operator === "eq") return actual === value;
  if (operator === "ne") return actual !== value;
  if (operator === "gt") return actual > value;
  if (operator === "ge") return actual >= value;
  return operator === "lt" ? actual < value : actual <= value;
}

function bad(number: number, description: string): Refusal {
  return organizationError(number, whileListing, description);
}
