import { randomUUID } from "node:crypto";
import type { OrganizationCreation } from "../models/organization";
import type { Tenant } from "../tenant";
import { knows } from "../versions";
import { checkedAttributes } from "./attributes";
import type { Organization } from "./collection";
import { refuseBadHandle, refuseTakenOrganizationName, refuseUnusableName } from "./names";
import { organizationError, whileCreating } from "./refusals";
import { organizationOf } from "./tree";

/** The organization that a body asks for, below the one that the caller's token is of; the order of the checks is the server's. */
export function createdOrganization(
  tenant: Tenant,
  callerId: string,
  body: OrganizationCreation,
  now: number,
): Organization {
  refuseUnusableName(tenant, body.name, whileCreating);
  const attributes = checkedAttributes(body.attributes ?? [], whileCreating);
  const parentId = body.parentId?.trim() || callerId;
  if (parentId !== callerId) {
    const sentence = "Unauthorized request to add an organization under the parent organization with ID";
    throw organizationError(60021, whileCreating, `${sentence}: ${parentId}.`);
  }
  if (organizationOf(tenant, parentId)?.status === "DISABLED") {
    throw organizationError(
      60031,
      whileCreating,
      `To create a child organization, the parent organization with ID: ${parentId} should be in active status.`,
    );
  }
  refuseTakenOrganizationName(tenant, body.name);
  const id = randomUUID();
  const handle = knows(tenant.server, "organizationHandle") ? body.orgHandle?.trim() : undefined;
  if (handle) refuseBadHandle(tenant, handle, whileCreating);
  const created = Math.max(now, (tenant.organizations.at(-1)?.created ?? 0) + 1);
  return {
    id,
    name: body.name,
    orgHandle: handle || id,
    description: body.description,
    status: "ACTIVE",
    type: body.type ?? "TENANT",
    parentId,
    attributes,
    discoveryAttributes: [],
    created,
    lastModified: created,
  };
}
