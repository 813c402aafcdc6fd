import { isObject } from "../versions";
import { memberOf, type ScimBody, textOf } from "./body";
import { badRequest, scimError } from "./refusal";

/** One of the operations of a PATCH. */
export interface Operation {
  readonly op: "add" | "remove" | "replace";
  readonly path: string | undefined;
  readonly value: unknown;
}

/** A path of an operation: `members`, or `members[value eq 1]`, or `emails[type eq work].value`. */
export interface Target {
  readonly attribute: string;
  readonly only: { readonly attribute: string; readonly value: string } | undefined;
  readonly part: string | undefined;
}

const known = ["add", "remove", "replace"] as const;

/** The operations of a PATCH. Their member is the only one whose case matters. */
export function operationsOf(body: ScimBody): Operation[] {
  const { Operations: operations } = body;
  if (!Array.isArray(operations) || operations.length === 0 || !operations.every(isObject)) {
    throw badRequest("invalidSyntax");
  }
  return operations.map((operation) => {
    const asked = textOf(operation, "op") ?? "";
    const op = known.find((each) => each === asked.toLowerCase());
    if (!op) throw badRequest("invalidSyntax", `Unknown operation: ${asked}`);
    const path = textOf(operation, "path")?.trim() || undefined;
    const value = memberOf(operation, "value");
    if (op === "remove" && path === undefined) {
      throw badRequest("noTarget", "No path value specified for remove operation");
    }
    if (op !== "remove" && value === undefined) {
      throw badRequest("invalidSyntax", `The value is not provided to perform patch ${op} operation.`);
    }
    return { op, path, value };
  });
}

/** Reads a path. What stands in its brackets is three words, and the one in the middle is `eq`. */
export function targetOf(path: string): Target {
  const [, attribute = "", condition, part] = /^([^[\]]+)(?:\[([^\]]*)\](?:\.(.+))?)?$/.exec(path) ?? [];
  if (attribute === "") throw badRequest("invalidSyntax", "Not a valid attribute.");
  if (condition === undefined) return { attribute, only: undefined, part: undefined };
  const words = condition.trim().split(/\s+/);
  const [name = "", operator = "", value = ""] = words;
  if (words.length !== 3) throw badRequest("invalidSyntax", "Invalid filter");
  if (operator.toLowerCase() !== "eq") throw scimError(501, "Only Eq filter is supported");
  return { attribute, only: { attribute: name.toLowerCase(), value: value.replace(/^"(.*)"$/, "$1") }, part };
}
