import { Refusal } from "../refusal";
import { memberOf, requiredValue, type ScimBody } from "../scim/body";
import { type Operation, operationsOf, type Target, targetOf } from "../scim/patch";
import { badRequest, scimError } from "../scim/refusal";
import { qualified, shortened } from "../scim/user-stores";
import type { Store } from "../store";
import { isObject } from "../versions";
import { type Change, type List, renamed, withList } from "./change";

export type Member = List | "displayName";

/** What an operation does to a member of a role. */
export interface Step {
  readonly member: Member;
  readonly op: Operation["op"];
  /** The one item that is to be removed. */
  readonly only: Target["only"];
  readonly value: unknown;
}

const members: readonly Member[] = ["displayName", "users", "groups", "permissions"];

/** The order in which the server does what operations ask for, member by member; and that of a PUT. */
const patchOrder: readonly Member[] = ["displayName", "permissions", "groups", "users"];
const putOrder: readonly Member[] = ["displayName", "users", "groups", "permissions"];

/** The steps of a PATCH, of which only some members may be the subject. */
export function stepsOf(body: ScimBody, allowed: readonly Member[] = members): Step[] {
  return operationsOf(body).map((operation) => {
    const step = operation.path === undefined ? pathless(operation, allowed) : stepAt(operation, operation.path);
    if (!step || !allowed.includes(step.member)) throw badRequest("invalidSyntax", "Not a valid attribute.");
    if (step.member === "displayName" && step.op === "remove") throw badRequest("mutability");
    return step;
  });
}

function stepAt({ op, value }: Operation, path: string): Step | undefined {
  const { attribute, only } = targetOf(path);
  const member = memberNamed(attribute);
  return member && { member, op, only, value };
}

/** Of a value without a path, only one member is read. A bare list is that of the only one that there can be. */
function pathless({ op, value }: Operation, allowed: readonly Member[]): Step | undefined {
  const [sole] = allowed;
  if (Array.isArray(value) && allowed.length === 1 && sole) return { member: sole, op, only: undefined, value };
  if (!isObject(value)) throw badRequest("invalidSyntax");
  const member = members.find((each) => memberOf(value, each) !== undefined);
  return member && { member, op, only: undefined, value: memberOf(value, member) };
}

function memberNamed(attribute: string): Member | undefined {
  const name = attribute.replace(/^urn:.*:/, "").toLowerCase();
  return members.find((member) => member.toLowerCase() === name);
}

/** The changes that steps make. */
export function changesOf(store: Store, steps: readonly Step[]): Change[] {
  // With one of these, the server patches a copy of the role and puts that.
  const asPut = steps.some(({ member, op, only }) => member === "users" && op !== "add" && !only);
  const order = asPut ? putOrder : patchOrder;
  return order.flatMap((member) =>
    steps
      .filter((step) => step.member === member)
      .flatMap((step) =>
        step.member === "displayName" ? rename(store, step, asPut) : (listed(store, step.member, step, asPut) ?? []),
      ),
  );
}

function rename(store: Store, { value }: Step, asPut: boolean): Change {
  if (typeof value !== "string") throw badRequest("invalidSyntax");
  const change = renamed(store, value);
  return (draft) => {
    try {
      change(draft);
    } catch (error) {
      // What a PUT calls a bad request is an error of the server here, but for what is said of a shared role.
      const isNamed = error instanceof Refusal && error.code === "invalidValue";
      throw error instanceof Refusal && error.status === 400 && !asPut && !isNamed ? failed() : error;
    }
  };
}

/** Undefined where the server answers 200 and does nothing: to a removal of all groups or permissions. */
function listed(store: Store, list: List, { op, only, value }: Step, asPut: boolean): Change | undefined {
  if (op === "remove") {
    if (only) return withList(store, list, (current) => current.filter((each) => !isMeant(store, list, each, only)));
    return list === "users" || asPut ? withList(store, list, () => []) : undefined;
  }
  if (!Array.isArray(value) || !value.every(isObject)) throw failed();
  const values = value.map((item) => requiredValue(item));
  return withList(store, list, (current) => (op === "add" ? [...current, ...values] : values));
}

function failed(): Refusal {
  return scimError(500, "Error in performing the patch operation on role resource.");
}

/** Whether a filter in brackets means an item of a list. */
function isMeant(
  { tenant }: Store,
  list: List,
  each: string,
  { attribute, value }: NonNullable<Target["only"]>,
): boolean {
  if (attribute === "value") return each === value;
  if (attribute !== "display") return false;
  if (list === "permissions") {
    return tenant.apiResources.some(({ scopes }) =>
      scopes.some(({ name, displayName }) => name === each && [name, displayName].includes(value)),
    );
  }
  const named = tenant[list].find(({ id }) => id === each);
  return named !== undefined && [qualified(named), shortened(named)].includes(value);
}
