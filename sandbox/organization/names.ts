import type { Tenant } from "../tenant";
import { organizationError } from "./refusals";
import { rootOf } from "./tree";

const HANDLE = /^[a-z0-9_-][a-z0-9._-]*$/;

/** The rules for a name, of a new organization or a new one of an old organization; the order is the server's. */
export function refuseBadOrganizationName(tenant: Tenant, name: string, title: string, ownId?: string): void {
  refuseUnusableName(tenant, name, title);
  refuseTakenOrganizationName(tenant, name, ownId);
}

export function refuseUnusableName(tenant: Tenant, name: string, title: string): void {
  if (name.trim() === "") throw organizationError(60002, title, "Missing required field(s): name.");
  if (/<[^>]*>/.test(name)) {
    throw organizationError(60097, title, "The organization name contains HTML content, which is not allowed.");
  }
  const reserved = ["super", rootOf(tenant).name.toLowerCase()];
  if (reserved.includes(name.toLowerCase())) {
    throw organizationError(60017, title, `The organization name: ${name} is reserved.`);
  }
}

export function refuseTakenOrganizationName(tenant: Tenant, name: string, ownId?: string): void {
  if (!isNameTaken(tenant, name, ownId)) return;
  const sentence = "Given organization name is taken from a child organization of the root organization";
  throw organizationError(60076, `${sentence}.`, `${sentence} id: ${rootOf(tenant).id}.`);
}

/** Names are unique in the whole tree, wherever in it the caller is. */
export function isNameTaken({ organizations }: Tenant, name: string, ownId?: string): boolean {
  return organizations.some((other) => other.parentId !== undefined && other.id !== ownId && other.name === name);
}

export function isSoundHandle(handle: string): boolean {
  return HANDLE.test(handle);
}

export function refuseBadHandle(tenant: Tenant, handle: string, title: string): void {
  if (!isSoundHandle(handle)) {
    throw organizationError(60032, title, `The organization handle ${handle} is not in the expected format.`);
  }
  if (tenant.organizationHandles.includes(handle)) {
    const sentence = `The given organization handle ${handle} already exists. Please use a different handle.`;
    throw organizationError(60100, title, sentence);
  }
}
