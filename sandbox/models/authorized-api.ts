import { z } from "zod";

const names = z.array(z.string()).optional();

/** The body of POST /applications/{id}/authorized-apis. */
export const authorizedApiCreationModel = z.object({
  id: z.string().optional(),
  policyIdentifier: z.string().optional(),
  scopes: names,
  authorizationDetailsTypes: names,
});

/** The body of PATCH /applications/{id}/authorized-apis/{apiId}. */
export const authorizedApiPatchModel = z.object({
  addedScopes: names,
  removedScopes: names,
  addedAuthorizationDetailsTypes: names,
  removedAuthorizationDetailsTypes: names,
});

export type AuthorizedApiCreation = z.infer<typeof authorizedApiCreationModel>;
export type AuthorizedApiPatch = z.infer<typeof authorizedApiPatchModel>;
