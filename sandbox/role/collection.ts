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
});

export type Role = z.infer<typeof record>;

/** The role that every user has. */
export const everyone = "everyone";

/** The roles of the organization and of its applications. */
export const roles: Collection<Role[]> = {
  content: z.array(record),
  empty: [],
  seed: (tenant) => {
    const organization = { type: "organization", value: organizationIdOf(tenant) } as const;
    tenant.roles.push(systemRole(everyone, organization), systemRole("admin", organization));
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

function systemRole(displayName: string, audience: Role["audience"]): Role {
  return { id: randomUUID(), displayName, audience, permissions: [], users: [], groups: [], system: true };
}
