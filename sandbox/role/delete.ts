import { badRequest, scimNotFound } from "../scim/refusal";
import type { Store } from "../store";
import { refuseSystemRole } from "./rules";

/** Deletes a role, whoever has it. */
export function deleteRole(store: Store, id: string): void {
  const { tenant } = store;
  const role = tenant.roles.find((candidate) => candidate.id === id);
  if (!role) {
    throw scimNotFound(`Error occurred while deleting role : ${id} and tenant domain : ${tenant.organization}`);
  }
  if (role.sharedFrom !== undefined) throw badRequest("invalidValue", "Shared role deletion is not allowed.");
  refuseSystemRole(role, "deleted");
  store.change(() => {
    tenant.roles.splice(tenant.roles.indexOf(role), 1);
    store.forget("roles", [role]);
  });
}
