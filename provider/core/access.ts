import type { Access, Scope } from "../api/scopes";
import type { Needs } from "./definition";
import type { SettingNeeds } from "./setting";

type Operation = "create" | "read" | "update" | "delete";

const accesses: Record<Operation, Access> = { create: "write", read: "view", update: "write", delete: "write" };

/** The needs of a setting, operation by operation. */
export function needsOf({ read, write, reset = write, ...more }: SettingNeeds): Needs {
  return { ...more, read, create: write, update: write, delete: reset };
}

/** Every scope that a resource of this kind may need over its life. */
export function scopesOf(given: Needs | SettingNeeds): Scope[] {
  const needs = "write" in given ? needsOf(given) : given;
  const { create, read, update, delete: remove, optionalView = [], optionalWrite = [], atTimes = [] } = needs;
  return [...new Set([...create, ...read, ...update, ...remove, ...optionalView, ...optionalWrite, ...atTimes])];
}

/** What one operation of a resource may do. */
export function permission(
  needs: Needs,
  operation: Operation,
): { access: Access; needs: readonly Scope[]; optional: readonly Scope[] } {
  const access = accesses[operation];
  const optional = (access === "view" ? needs.optionalView : needs.optionalWrite) ?? [];
  return { access, needs: needs[operation], optional };
}
