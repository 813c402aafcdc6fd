import { z } from "zod";

const text = z.string().optional();

const scopeModel = z.object({ name: z.string(), displayName: text, description: text });

const detailsType = z.object({
  type: z.string().max(255),
  name: z.string().max(255),
  description: text,
  schema: z.record(z.string(), z.unknown()).optional(),
});

/** The body of PUT /api-resources/{id}/scopes. */
export const scopesModel = z.array(scopeModel);

/** The body of POST /api-resources. */
export const apiResourceCreationModel = z.object({
  name: z.string(),
  identifier: z.string(),
  description: text,
  requiresAuthorization: z.boolean().optional(),
  scopes: scopesModel.optional(),
  authorizationDetailsTypes: z.array(detailsType).optional(),
  resourceType: text,
});

/** The body of PATCH /api-resources/{id}. */
export const apiResourcePatchModel = z.object({
  name: text,
  description: text,
  addedScopes: scopesModel.optional(),
  removedScopes: z.array(z.string()).optional(),
  addedAuthorizationDetailsTypes: z.array(detailsType).optional(),
  removedAuthorizationDetailsTypes: z.array(z.string()).optional(),
});

export const scopePatchModel = z.object({ displayName: text, description: text });

const scopeRecord = z.object({ id: z.string(), name: z.string(), displayName: z.string(), description: text });

/** An API resource as the tenant keeps it. `key` is its place in the list, which the paging cursors name. */
export const apiResourceRecord = z.object({
  key: z.int(),
  id: z.string(),
  name: z.string(),
  identifier: z.string(),
  description: text,
  type: z.string(),
  requiresAuthorization: z.boolean(),
  scopes: z.array(scopeRecord),
  authorizationDetailsTypes: z.array(detailsType.extend({ id: z.string() })),
});

export type ScopeModel = z.infer<typeof scopeModel>;
export type Scope = z.infer<typeof scopeRecord>;
export type ApiResource = z.infer<typeof apiResourceRecord>;
