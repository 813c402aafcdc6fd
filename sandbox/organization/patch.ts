import type { OrganizationPatch, OrganizationReplacement } from "../models/organization";
import type { Refusal } from "../refusal";
import type { Tenant } from "../tenant";
import { checkedAttributes } from "./attributes";
import type { Attribute, Organization } from "./collection";
import { refuseBadOrganizationName } from "./names";
import { organizationError, whilePatching, whileUpdating } from "./refusals";
import { VERSION } from "./render";
import { childrenOf, organizationOf } from "./tree";

type Operation = OrganizationPatch[number];

/** The organization after a PUT. Attributes that are left out, or an empty list of them, stay as they are. */
export function replacedOrganization(
  tenant: Tenant,
  current: Organization,
  { name, status, description, attributes = [] }: OrganizationReplacement,
): Organization {
  if (status === undefined) throw organizationError(60002, whileUpdating, "Missing required field(s): status.");
  if (name !== current.name) refuseBadOrganizationName(tenant, name, whileUpdating, current.id);
  const checked = checkedAttributes(attributes, whileUpdating);
  refuseBadStatus(tenant, current, status);
  return { ...current, name, status, description, attributes: checked.length > 0 ? checked : current.attributes };
}

/** The organization after a PATCH, one operation after the other. */
export function patchedOrganization(tenant: Tenant, current: Organization, patch: OrganizationPatch): Organization {
  let patched = current;
  for (const operation of patch) patched = withOperation(tenant, patched, operation);
  return patched;
}

function withOperation(tenant: Tenant, current: Organization, operation: Operation): Organization {
  const { path } = operation;
  const value = givenValue(operation);
  const key = /^\/attributes\/(.+)$/.exec(path)?.[1];
  if (key !== undefined) return { ...current, attributes: withAttribute(current.attributes, key.trim(), operation) };
  if (path === "/description") return { ...current, description: value };
  if (!["/name", "/status", "/version"].includes(path)) throw bad(60011, `Provided path: ${path} is invalid.`);
  if (operation.operation !== "REPLACE" || value === undefined) {
    const asked = `Provided operation: ${operation.operation}, path: ${path}`;
    throw bad(60013, `Mandatory fields can only be replaced. ${asked}`);
  }
  if (path === "/version") {
    if (current.parentId === undefined && value === VERSION) return current;
    if (current.parentId === undefined) throw organizationError(60102, whilePatching, `Invalid version: ${value}.`);
    throw organizationError(
      60101,
      whilePatching,
      "The version of an organization below another one cannot be changed.",
    );
  }
  if (path === "/name") {
    if (value !== current.name) refuseBadOrganizationName(tenant, value, whilePatching, current.id);
    return { ...current, name: value };
  }
  if (value !== "ACTIVE" && value !== "DISABLED") {
    throw bad(60028, "The status of an organization must be one of ACTIVE, DISABLED.");
  }
  refuseBadStatus(tenant, current, value);
  return { ...current, status: value };
}

function givenValue({ operation, value }: Operation): string | undefined {
  if (operation === "REMOVE") return undefined;
  if (!value?.trim()) throw bad(60012, "Value is mandatory for 'ADD' and 'REPLACE' operations.");
  return value.trim();
}

function withAttribute(attributes: readonly Attribute[], key: string, operation: Operation): Attribute[] {
  const has = attributes.some((attribute) => attribute.key === key);
  const others = attributes.filter((attribute) => attribute.key !== key);
  if (operation.operation === "REMOVE") {
    if (!has) throw bad(60019, `Cannot remove the attribute key: ${key}, which does not exist.`);
    return others;
  }
  if (operation.operation === "REPLACE" && !has) {
    throw bad(60020, `Cannot replace the attribute key: ${key}, which does not exist.`);
  }
  const value = givenValue(operation) ?? "";
  // One that is there keeps its place.
  return has
    ? attributes.map((attribute) => (attribute.key === key ? { key, value } : attribute))
    : [...attributes, { key, value }];
}

function refuseBadStatus(tenant: Tenant, { id, parentId, status }: Organization, next: Organization["status"]): void {
  if (status === next) return;
  if (next === "DISABLED" && childrenOf(tenant, id).some((child) => child.status === "ACTIVE")) {
    throw organizationError(
      60029,
      "Unable to disable the organization.",
      `Organization with ID: ${id} has one or more active child organizations.`,
    );
  }
  if (next === "ACTIVE" && parentId !== undefined && organizationOf(tenant, parentId)?.status === "DISABLED") {
    throw organizationError(
      60030,
      "Unable to activate the organization.",
      "To set the child organization status to active, the parent organization should be in active status.",
    );
  }
}

function bad(number: number, description: string): Refusal {
  return organizationError(number, whilePatching, description);
}
