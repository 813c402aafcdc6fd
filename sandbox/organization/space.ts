import { type OwnName, ownNames } from "../collections";
import type { Tenant } from "../tenant";

/**
 * The tenant as it is seen from inside an organization: its own objects in the place of the tenant's, the tenant's APIs
 * but for those that work on the tenant alone, and all the rest of the tenant.
 */
export function spaceOf(root: Tenant, organizationId: string): Tenant {
  const inside = () => {
    const content = root.inside[organizationId];
    if (!content) throw new Error(`There is nothing of the organization ${organizationId}.`);
    return content;
  };
  return new Proxy(root, {
    get: (tenant, name) => {
      if (isOwn(name)) return inside()[name];
      // It stands in the paths of answers.
      if (name === "organization") return `${tenant.organization}/o`;
      if (name === "bootstrap") return "";
      if (name === "apiResources")
        return tenant.apiResources.filter(({ type }) => !["TENANT", "SYSTEM"].includes(type));
      return Reflect.get(tenant, name);
    },
    set: (tenant, name, value) => Reflect.set(isOwn(name) ? inside() : tenant, name, value),
  });
}

function isOwn(name: string | symbol): name is OwnName {
  return ownNames.some((own) => own === name);
}
