import type { Tenant } from "../tenant";
import { knows, withoutLacking } from "../versions";
import type { Organization } from "./collection";
import { ancestorsOf, childrenOf } from "./tree";

/** The only version that there is so far. */
export const VERSION = "v1.0.0";

/** The path of an organization, as it stands in bodies: relative, with the tenant. */
export function organizationPath({ organization }: Tenant, id = ""): string {
  return `/t/${organization}/api/server/v1/organizations${id && `/${id}`}`;
}

/** The answer of POST, PUT and PATCH. */
export function organizationAnswer(tenant: Tenant, organization: Organization): object {
  return known(tenant, {
    ...basics(tenant, organization),
    description: organization.description,
    created: new Date(organization.created).toISOString(),
    lastModified: new Date(organization.lastModified).toISOString(),
    type: organization.type,
    ...(organization.parentId !== undefined && {
      parent: { id: organization.parentId, ref: organizationPath(tenant, organization.parentId) },
    }),
  });
}

/** The answer of GET by id: it also has what is above it, from the caller's organization down. */
export function organizationWithPath(tenant: Tenant, organization: Organization, callerId: string): object {
  const all = ancestorsOf(tenant, organization);
  const from = all.findIndex(({ id }) => id === callerId);
  const above = all.map(({ id, name }, depth) => ({ id, name, depth })).slice(from < 0 ? all.length : from);
  const answer = organizationAnswer(tenant, organization);
  return above.length > 0 ? known(tenant, { ...answer, ancestorPath: above }) : answer;
}

/** The answer of GET /metadata: with what it is found by, and without a word on children. */
export function organizationMetadata(tenant: Tenant, organization: Organization): object {
  const { discoveryAttributes } = organization;
  const found = discoveryAttributes.length > 0 && { discoveryAttributes };
  return { ...organizationAnswer(tenant, organization), hasChildren: undefined, ...found };
}

/** What a list says of an organization. */
export function organizationItem(tenant: Tenant, organization: Organization): object {
  return known(tenant, { ...basics(tenant, organization), ref: organizationPath(tenant, organization.id) });
}

function basics(tenant: Tenant, { id, name, orgHandle, status, attributes }: Organization): object {
  return {
    id,
    name,
    ...(knows(tenant.server, "organizationHandle") && { orgHandle }),
    status,
    version: VERSION,
    hasChildren: childrenOf(tenant, id).length > 0,
    ...(attributes.length > 0 && { attributes }),
  };
}

function known({ server }: Tenant, answer: object): object {
  return Object(withoutLacking("organization", answer, server));
}
