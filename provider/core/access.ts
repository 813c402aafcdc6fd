import type { Permission } from "../api/permission";
import type { Access, Scope } from "../api/scopes";
import type { Needs } from "./definition";
import type { SettingNeeds } from "./setting";

export type Operation = "create" | "read" | "update" | "delete";

const accesses: Record<Operation, Access> = { create: "write", read: "view", update: "write", delete: "write" };

/** The needs of a setting, operation by operation. */
export function needsOf({ read, write, reset = write, ...more }: SettingNeeds): Needs {
  return { ...more, read, create: write, update: write, delete: reset };
}

function asNeeds(given: Needs | SettingNeeds): Needs {
  return "write" in given ? needsOf(given) : given;
}

/** Every scope that a resource of this kind may need over its life. */
export function scopesOf(given: Needs | SettingNeeds): Scope[] {
  const { create, read, update, delete: remove, ...more } = asNeeds(given);
  const { optionalView = [], optionalWrite = [], atTimes = [], ahead = [] } = more;
  return [
    ...new Set([...create, ...read, ...update, ...remove, ...optionalView, ...optionalWrite, ...atTimes, ...ahead]),
  ];
}

/** The scopes that a token for these operations asks for: what is written is looked at before and read back. */
export function asksOf(given: Needs | SettingNeeds, operations: readonly Operation[]): Scope[] {
  const needs = asNeeds(given);
  const { read, optionalView = [], optionalWrite = [], mostly = [], ahead = [] } = needs;
  const beside: Record<Operation, readonly Scope[]> = {
    create: [...read, ...optionalView, ...optionalWrite, ...mostly, ...ahead],
    read: optionalView,
    update: [...read, ...optionalView, ...optionalWrite, ...ahead],
    delete: optionalWrite,
  };
  return [...new Set(operations.flatMap((operation) => [...needs[operation], ...beside[operation]]))];
}

/** What a run is going to do to a resource that is new or has changed. */
export function changing(one: { isNew: boolean; isReplaced: boolean; isAdopted: boolean }): Operation[] {
  if (one.isNew) return one.isAdopted ? ["create", "update"] : ["create"];
  return one.isReplaced ? ["delete", "create"] : ["update"];
}

/** What these operations of a resource may do. */
export function permission(needs: Needs, operations: readonly Operation[], more: readonly Scope[] = []): Permission {
  const access = operations.some((operation) => accesses[operation] === "write") ? "write" : "view";
  const optional = (access === "view" ? needs.optionalView : needs.optionalWrite) ?? [];
  // What is made or else taken over cannot be told to lack the scopes of the latter: that may not come about.
  const certain = operations.includes("create") ? operations.filter((each) => each !== "update") : operations;
  const all = [...new Set(certain.flatMap((operation) => needs[operation]))];
  return { access, needs: all, optional, asks: [...asksOf(needs, operations), ...more] };
}

/** The same for a look ahead that must not be able to write. */
export function foresight(needs: Needs, operations: readonly Operation[], more: readonly Scope[] = []): Permission {
  return { ...permission(needs, operations, more), access: "view", optional: needs.optionalView ?? [], isAhead: true };
}
