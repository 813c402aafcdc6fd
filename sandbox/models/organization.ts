import { z } from "zod";

const text = z.string().optional();
const attributes = z.array(z.object({ key: z.string(), value: z.string() })).optional();

/** The body of POST /organizations. */
export const organizationCreation = z.object({
  name: z.string(),
  orgHandle: text,
  description: text,
  type: z.enum(["TENANT", "STRUCTURAL"]).optional(),
  parentId: text,
  attributes,
});

/** The body of PUT /organizations/{id}. A version is read and ignored: only the tenant's own organization has one to choose. */
export const organizationReplacement = z.object({
  name: z.string(),
  status: z.enum(["ACTIVE", "DISABLED"]).optional(),
  description: text,
  attributes,
});

/** The body of PATCH /organizations/{id}. */
export const organizationPatch = z.array(
  z.object({ operation: z.enum(["ADD", "REMOVE", "REPLACE"]), path: z.string(), value: text }),
);

const discoveryAttributes = z.array(z.object({ type: z.string(), values: z.array(z.string()).optional() }));

/** The body of PUT /organizations/{id}/discovery, and with an organization that of POST /organizations/discovery. */
export const discoveryReplacement = z.object({ attributes: discoveryAttributes });
export const discoveryCreation = discoveryReplacement.extend({ organizationId: z.string() });

/** The body of POST and PUT /organization-configs/discovery. Values are texts, whatever they were sent as. */
export const discoveryConfigurationModel = z.object({
  properties: z.array(
    z.object({ key: z.string(), value: z.union([z.string(), z.boolean(), z.number()]).transform(String) }),
  ),
});

export type OrganizationCreation = z.infer<typeof organizationCreation>;
export type OrganizationReplacement = z.infer<typeof organizationReplacement>;
export type OrganizationPatch = z.infer<typeof organizationPatch>;
export type DiscoveryAttributes = z.infer<typeof discoveryAttributes>;
