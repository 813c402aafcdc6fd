import type { Access, Scope } from "../api/scopes";
import type { Needs } from "./definition";

type Operation = "create" | "read" | "update" | "delete";

const accesses: Record<Operation, Access> = { create: "write", read: "view", update: "write", delete: "write" };

/** What one operation of a resource may do. */
export function permission(
  needs: Needs,
  operation: Operation,
): { access: Access; needs: readonly Scope[]; optional: readonly Scope[] } {
  const access = accesses[operation];
  const optional = (access === "view" ? needs.optionalView : needs.optionalWrite) ?? [];
  return { access, needs: needs[operation], optional };
}
