import type { DiscoveryAttributes } from "../models/organization";
import type { Refusal } from "../refusal";
import type { Tenant } from "../tenant";
import type { DiscoveryAttribute, Organization } from "./collection";
import { organizationError } from "./refusals";

const EMAIL_DOMAIN = "emailDomain";

/** Whether organizations are found by the domains of e-mail addresses. */
function isEnabled({ discoveryConfiguration }: Tenant): boolean {
  return (discoveryConfiguration ?? []).some(({ key, value }) => key === "emailDomain.enable" && value === "true");
}

/** What an organization is to be found by, or the refusal that the server would answer; the order of the checks is its own. */
export function checkedDiscovery(
  tenant: Tenant,
  own: Organization,
  attributes: DiscoveryAttributes,
): DiscoveryAttribute[] {
  if (attributes.length === 0 || attributes.some(({ values = [] }) => values.length === 0)) {
    throw bad(60088, "The discovery attributes of an organization cannot be empty.");
  }
  const types = attributes.map(({ type }) => type);
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  if (twice !== undefined) throw bad(60082, `The discovery attribute type ${twice} is given more than once.`);
  const other = types.find((type) => type !== EMAIL_DOMAIN);
  if (other !== undefined) throw bad(60084, `The discovery attribute type ${other} is not supported.`);
  if (!isEnabled(tenant)) throw bad(60080, "The discovery of organizations is not enabled in the root organization.");
  const checked = attributes.map(({ type, values = [] }) => ({ type, values }));
  for (const value of checked.flatMap(({ values }) => values)) {
    if (!isDomain(value)) throw bad(60092, `The value ${value} is not a domain.`);
    if (isDomainTaken(tenant, value, own.id)) {
      throw bad(60083, `The discovery attribute value ${value} is taken by another organization.`);
    }
  }
  return checked;
}

/** Whether a value is free to be the one that an organization is found by. */
export function isDiscoveryAvailable(tenant: Tenant, type: string, value: string): boolean {
  return type === EMAIL_DOMAIN && isEnabled(tenant) && isDomain(value) && !isDomainTaken(tenant, value);
}

/** The organization that an e-mail address leads to, where organizations are found by that. */
export function organizationByDomain(tenant: Tenant, address: string): Organization | undefined {
  const domain = address.split("@").at(-1)?.toLowerCase();
  if (!isEnabled(tenant)) return undefined;
  return tenant.organizations.find(({ discoveryAttributes }) =>
    discoveryAttributes.some(({ values }) => values.some((value) => value.toLowerCase() === domain)),
  );
}

function isDomain(value: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value);
}

function isDomainTaken({ organizations }: Tenant, domain: string, ownId?: string): boolean {
  const others = organizations.filter(({ id }) => id !== ownId);
  return others.some(({ discoveryAttributes }) =>
    discoveryAttributes.some(({ values }) => values.some((value) => value.toLowerCase() === domain.toLowerCase())),
  );
}

export function bad(number: number, description: string): Refusal {
  return organizationError(number, "Unable to handle the discovery attributes of the organization.", description);
}
