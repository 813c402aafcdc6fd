import { z } from "zod";
import type { Collection } from "../collection";
import { organizationIdOf } from "../organization-id";

const attribute = z.object({ key: z.string(), value: z.string() });
const discoveryAttribute = z.object({ type: z.string(), values: z.array(z.string()) });

/** An organization as the tenant keeps it. The one without a parent is the tenant's own. */
const organizationRecord = z.object({
  id: z.string(),
  name: z.string(),
  orgHandle: z.string(),
  description: z.string().optional(),
  status: z.enum(["ACTIVE", "DISABLED"]),
  type: z.enum(["TENANT", "STRUCTURAL"]),
  parentId: z.string().optional(),
  attributes: z.array(attribute),
  discoveryAttributes: z.array(discoveryAttribute),
  /** Instants in milliseconds. No two organizations have the same `created`: the cursors of lists are made of it. */
  created: z.int(),
  lastModified: z.int(),
});

export type Organization = z.infer<typeof organizationRecord>;
export type Attribute = z.infer<typeof attribute>;
export type DiscoveryAttribute = z.infer<typeof discoveryAttribute>;

/** The tenant's own organization and all that are below it, oldest first. */
export const organizations: Collection<Organization[]> = {
  content: z.array(organizationRecord),
  empty: [],
  seed: ({ organizations, organization }) => {
    organizations.push({
      id: organizationIdOf({ organization }),
      name: organization,
      orgHandle: organization,
      status: "ACTIVE",
      type: "TENANT",
      attributes: [],
      discoveryAttributes: [],
      created: Date.UTC(2026, 0, 1),
      lastModified: Date.UTC(2026, 0, 1),
    });
  },
};

/** Every handle that was ever given: one stays taken when its organization is deleted. */
export const organizationHandles: Collection<string[]> = {
  content: z.array(z.string()),
  empty: [],
  seed: ({ organizationHandles, organization }) => {
    organizationHandles.push(organization);
  },
};

/** Whether and how organizations are found by e-mail domain; absent where nobody has configured it. */
export const discoveryConfiguration: Collection<{ readonly key: string; readonly value: string }[] | null> = {
  content: z.array(attribute).nullable(),
  empty: null,
};
