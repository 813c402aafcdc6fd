import { z } from "zod";
import type { Collection } from "../collection";
import { roleSharing } from "./models";

/** One organization that an application is shared with. */
const sharedOrganization = z.object({
  id: z.string(),
  /** The copy of the application in it. */
  copyId: z.string(),
  roleSharing,
  /** Whether its children, and those that come, get the application as well. */
  withChildren: z.boolean(),
  /** Whether it was named, and did not come by a policy that is for others as well. */
  isNamed: z.boolean(),
});

/** How an application is shared. It stays when the application is shared with none any more. */
const applicationShare = z.object({
  applicationId: z.string(),
  /** How it is shared with the organizations that come; absent where it is not. */
  future: roleSharing.optional(),
  organizations: z.array(sharedOrganization),
});

const unitOperation = z.object({
  unitOperationId: z.string(),
  operationId: z.string(),
  residentResourceId: z.string(),
  targetOrgId: z.string(),
  targetOrgName: z.string(),
  status: z.enum(["SUCCESS", "FAILED"]),
  statusMessage: z.string(),
  createdTime: z.string(),
});

const asyncOperation = z.object({
  operationId: z.string(),
  correlationId: z.string(),
  operationType: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  initiatedOrgId: z.string(),
  initiatedUserId: z.string(),
  status: z.enum(["IN_PROGRESS", "SUCCESS", "FAILED", "PARTIALLY_COMPLETED"]),
  policy: z.string(),
  createdTime: z.string(),
  modifiedTime: z.string(),
  units: z.array(unitOperation),
});

export type SharedOrganization = z.infer<typeof sharedOrganization>;
export type ApplicationShare = z.infer<typeof applicationShare>;
export type UnitOperation = z.infer<typeof unitOperation>;
export type AsyncOperation = z.infer<typeof asyncOperation>;

/** How applications are shared with organizations. */
export const applicationShares: Collection<ApplicationShare[]> = {
  content: z.array(applicationShare),
  empty: [],
  forget: {
    applications: (tenant, ids) => {
      tenant.applicationShares = tenant.applicationShares.filter(({ applicationId }) => !ids.has(applicationId));
    },
    organizations: ({ applicationShares }, ids) => {
      for (const share of applicationShares) {
        share.organizations = share.organizations.filter(({ id }) => !ids.has(id));
      }
    },
  },
};

/** What the server has done, or is doing, behind its answers: oldest first. */
export const asyncOperations: Collection<AsyncOperation[]> = { content: z.array(asyncOperation), empty: [] };
