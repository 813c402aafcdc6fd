import { z } from "zod";

const role = z.object({ displayName: z.string(), audience: z.object({ display: z.string(), type: z.string() }) });

export const roleSharing = z.object({ mode: z.enum(["ALL", "NONE", "SELECTED"]), roles: z.array(role).optional() });

/** A role of a body, whose parts are looked for by the service itself. */
const looseRole = z.object({
  displayName: z.string().optional(),
  audience: z.object({ display: z.string().optional(), type: z.string().optional() }).optional(),
});
const looseRoleSharing = roleSharing.extend({ roles: z.array(looseRole).optional() });

/** The body of POST /applications/share. */
export const selectiveShare = z.object({
  applicationId: z.string(),
  organizations: z
    .array(
      z.object({
        orgId: z.string(),
        policy: z.enum(["SELECTED_ORG_ONLY", "SELECTED_ORG_WITH_ALL_EXISTING_AND_FUTURE_CHILDREN", "NO_ORG"]),
        roleSharing: looseRoleSharing,
      }),
    )
    .optional(),
});

/** The body of POST /applications/share-with-all. */
export const generalShare = z.object({
  applicationId: z.string(),
  policy: z.enum(["ALL_EXISTING_ORGS_ONLY", "ALL_EXISTING_AND_FUTURE_ORGS", "NO_ORGS"]),
  roleSharing: looseRoleSharing,
});

/** The body of PATCH /applications/share. */
export const sharePatch = z.object({
  applicationId: z.string(),
  Operations: z.array(z.object({ op: z.string(), path: z.string(), value: z.array(looseRole).optional() })),
});

/** The body of POST /applications/unshare, and of POST /applications/unshare-with-all without the organizations. */
export const generalUnshare = z.object({ applicationId: z.string() });
export const selectiveUnshare = generalUnshare.extend({ orgIds: z.array(z.string()) });

/** The body of POST /applications/{id}/share. */
export const oldShare = z.object({
  shareWithAllChildren: z.boolean().optional(),
  sharedOrganizations: z.array(z.string()).optional(),
});

export type Role = z.infer<typeof role>;
export type RoleSharing = z.infer<typeof roleSharing>;
export type LooseRole = z.infer<typeof looseRole>;
export type LooseRoleSharing = z.infer<typeof looseRoleSharing>;
