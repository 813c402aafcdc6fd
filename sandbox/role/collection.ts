import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Collection } from "../collection";
import { organizationIdOf } from "../organization-id";

const record = z.object({
  id: z.string(),
  displayName: z.string(),
  audience: z.object({ type: z.enum(["organization", "application"]), value: z.string() }),
  /** The names of scopes. */
  permissions: z.array(z.string()),
  /** The ids of users. */
  users: z.array(z.string()),
  /** The ids of groups. */
  groups: z.array(z.string()),
  /** Whether it is part of the server. */
  system: z.boolean(),
  /** The id of the role of the tenant that it is a copy of, inside an organization that this is shared with. */
  sharedFrom: z.string().optional(),
});

export type Role = z.infer<typeof record>;

/** The role that every user has. */
export const everyone = "everyone";

/** The roles of the organization and of its applications. */
export const roles: Collection<Role[]> = {
  content: z.array(record),
  empty: [],
  seed: (tenant) => {
    tenant.roles.push(...organizationRoles(organizationIdOf(tenant)));
    const console = tenant.applications.find(({ name, system }) => system && name === "Console");
    if (console) tenant.roles.push(systemRole("Administrator", { type: "application", value: console.id }));
  },
  forget: {
    applications: (tenant, ids) => {
      tenant.roles = tenant.roles.filter(({ audience }) => audience.type !== "application" || !ids.has(audience.value));
    },
    scopes: (tenant, ids) => {
      const left = tenant.apiResources.flatMap(({ scopes }) => scopes).filter(({ id }) => !ids.has(id));
      const names = new Set(left.map(({ name }) => name));
      for (const role of tenant.roles) role.permissions = role.permissions.filter((name) => names.has(name));
    },
    users: (tenant, ids) => {
      for (const role of tenant.roles) role.users = role.users.filter((id) => !ids.has(id));
    },
    groups: (tenant, ids) => {
      for (const role of tenant.roles) role.groups = role.groups.filter((id) => !ids.has(id));
    },
  },
};

/** The roles that an organization has from its first day. */
export function organizationRoles(organizationId: string): Role[] {
  return [everyone, "admin"].map((name) => systemRole(name, { type: "organization", value: organizationId }));
}

function systemRole(displayName: string, audience: Role["audience"]): Role {
  return { id: randomUUID(), displayName, audience, permissions: [], users: [], groups: [], system: true };
}
