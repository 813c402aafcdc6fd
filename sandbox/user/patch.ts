import type { ScimBody } from "../scim/body";
import { type Operation, operationsOf, type Target, targetOf } from "../scim/patch";
import { badRequest } from "../scim/refusal";
import { isObject, type Server } from "../versions";
import { type Attributes, checkedValue } from "./attributes";
import { type Changed, refuseOtherName } from "./change";
import type { User } from "./collection";
import { attributeNamed, coreSchema, extensionsOf, readOnly } from "./schemas";

/** A user after a PATCH: all of it, or nothing. */
export function patchedUser(server: Server, user: User, body: ScimBody): Changed {
  const draft: Changed = { attributes: structuredClone(user.attributes), password: undefined };
  for (const operation of operationsOf(body)) apply(server, user, draft, operation);
  return draft;
}

function apply(server: Server, user: User, draft: Changed, operation: Operation): void {
  const { op, path, value } = operation;
  if (path !== undefined) {
    applyAt(server, user, draft, operation, path);
    return;
  }
  if (!isObject(value)) throw badRequest("invalidSyntax");
  for (const [key, member] of Object.entries(value)) {
    // What users do not have is dropped, as in a body.
    if (isWritable(server, key)) applyAt(server, user, draft, { op, path: key, value: member }, key);
  }
}

function isWritable(server: Server, key: string): boolean {
  const name = key.toLowerCase();
  return ["username", "password"].includes(name) || readOnly.has(name) || attributeNamed(server, key) !== undefined;
}

function applyAt(server: Server, user: User, draft: Changed, { op, value }: Operation, path: string): void {
  const { attribute: top, rest } = split(server, path);
  const name = top.toLowerCase();
  if (readOnly.has(name)) throw badRequest("mutability", `Attribute ${top} is read only.`);
  if (name === "username") {
    refuseOtherName(user, op === "remove" ? undefined : value);
    return;
  }
  if (name === "password" && op !== "remove") {
    if (typeof value !== "string") throw badRequest("invalidSyntax");
    draft.password = value;
    return;
  }
  const { attributes } = draft;
  const target = targetOf(top);
  const known = attributeNamed(server, target.attribute);
  if (!known) throw badRequest("invalidPath", `Attribute ${top} does not exist.`);
  if (target.only) {
    attributes[known.name] = withItem(attributes[known.name], target, op, value);
  } else if (rest.length > 0) {
    const inner = isObject(attributes[known.name]) ? attributes[known.name] : {};
    attributes[known.name] = withMember(inner, rest, op, value);
  } else if (op === "remove") delete attributes[known.name];
  else attributes[known.name] = merged(attributes[known.name], checkedValue(server, known.name, value), op);
  if (isEmpty(attributes[known.name])) delete attributes[known.name];
}

/** The attribute at the head of a path, and the names below it: `name.givenName`, or one behind its schema. */
function split(server: Server, path: string): { attribute: string; rest: string[] } {
  const starts = (schema: string) => path.toLowerCase().startsWith(schema.toLowerCase());
  const extension = extensionsOf(server).find(starts);
  if (extension)
    return {
      attribute: extension,
      rest: path
        .slice(extension.length + 1)
        .split(".")
        .filter(Boolean),
    };
  const bare = starts(`${coreSchema}:`) ? path.slice(coreSchema.length + 1) : path;
  if (bare.includes("[")) return { attribute: bare, rest: [] };
  const [attribute = "", ...rest] = bare.split(".");
  return { attribute, rest };
}

/** A value that is set: an object goes into the one that is there, and what is added to a list comes behind the rest. */
function merged(current: unknown, value: unknown, op: Operation["op"]): unknown {
  if (isObject(value) && isObject(current)) {
    const all: Attributes = { ...current };
    for (const [key, member] of Object.entries(value)) all[key] = merged(all[key], member, op);
    return all;
  }
  if (op === "replace" || !Array.isArray(value) || !Array.isArray(current)) return value;
  // There is one entry of each type.
  const types = value.map(typeOf);
  return [...current.filter((item) => !types.includes(typeOf(item))), ...value];
}

function typeOf(item: unknown): unknown {
  return isObject(item) ? item.type : undefined;
}

function withMember(
  current: unknown,
  [name = "", ...rest]: readonly string[],
  op: Operation["op"],
  value: unknown,
): Attributes {
  const object: Attributes = isObject(current) ? { ...current } : {};
  const key = Object.keys(object).find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
  if (rest.length > 0) object[key] = withMember(object[key], rest, op, value);
  else if (op === "remove") delete object[key];
  else object[key] = merged(object[key], value, op);
  if (isEmpty(object[key])) delete object[key];
  return object;
}

/** A list after an operation on the entries that a filter in brackets means. */
function withItem(current: unknown, { only, part }: Target, op: Operation["op"], value: unknown): unknown[] {
  const items: unknown[] = Array.isArray(current) ? current : [];
  const { attribute = "", value: wanted = "" } = only ?? {};
  const isMeant = (item: unknown) =>
    isObject(item) ? String(item[attribute]) === wanted : attribute === "value" && item === wanted;
  const others = items.filter((item) => !isMeant(item));
  if (op === "remove" && !part) return others;
  const meant = items.filter(isMeant);
  const changed = (meant.length > 0 ? meant : op === "remove" ? [] : [{ [attribute]: wanted }]).map((item) => {
    const object = isObject(item) ? item : { value: item };
    return part ? withMember(object, [part], op, value) : { ...object, ...newItem(value) };
  });
  return [...others, ...changed];
}

function newItem(value: unknown): Attributes {
  const [first] = Array.isArray(value) ? value : [value];
  if (isObject(first)) return first;
  if (typeof first !== "string") throw badRequest("invalidSyntax");
  return { value: first };
}

function isEmpty(value: unknown): boolean {
  return (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}
