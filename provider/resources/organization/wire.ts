import { z } from "zod";
import type { Api, Collection } from "../../api/api";
import { idText } from "../../api/ids";
import { path } from "../../api/path";
import type { Live } from "../../core/definition";
import type { Plain } from "../../core/schema";
import type { OrganizationArgs, OrganizationOutputs } from "../organization.args";
import { text } from "../wire";

export const organizations = path`/api/server/v1/organizations`;
export const organizationPath = (id: string) => path`/api/server/v1/organizations/${id}`;

const words = z.string().nullish();

/** What a list has of an organization: neither its description nor what is above it. */
export const organizationItem = z.looseObject({
  id: idText,
  name: z.string(),
  orgHandle: words,
  status: words,
  attributes: z.array(z.looseObject({ key: z.string(), value: z.string() })).nullish(),
});

export type OrganizationItem = z.infer<typeof organizationItem>;

/** An organization by itself. The tenant's own has none above it. */
export const organizationWire = organizationItem.extend({
  description: words,
  parent: z.looseObject({ id: idText }).nullish(),
  /** From the caller's own down to the one above it. Not every server tells. */
  ancestorPath: z.array(z.looseObject({ id: idText, name: z.string() })).nullish(),
});

export type OrganizationWire = z.infer<typeof organizationWire>;

/** The same API, to read organizations. */
export function viewing(api: Api): Api {
  return api.needing("internal_organization_view");
}

/** The organization with an id; undefined where there is none. */
export const organizationWithId: Collection<OrganizationWire | undefined> = {
  load: (api, id) => viewing(api).find(organizationPath(id), organizationWire),
};

/** `the organization "Central Hospital" (id …)` */
export function organizationText({ name, id }: { readonly name: string; readonly id: string }): string {
  return `the organization ${JSON.stringify(name)} (id ${id})`;
}

type Args = Partial<Plain<OrganizationArgs>>;

/** What a list tells of the args. */
export function argsOfItem({ name, orgHandle, status, attributes }: OrganizationItem): Args {
  const handle = text(orgHandle);
  return {
    name,
    ...(handle !== undefined && { orgHandle: handle }),
    ...(attributes && { attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value])) }),
    status: status === "DISABLED" ? "DISABLED" : "ACTIVE",
  };
}

/** The live organization in the words of the args and outputs. */
export function organizationFromWire(wire: OrganizationWire): Live<OrganizationArgs, OrganizationOutputs> {
  const description = text(wire.description);
  const outputs = outputsOf(wire);
  return { args: { ...argsOfItem(wire), ...outputs, ...(description !== undefined && { description }) }, outputs };
}

export function outputsOf({ orgHandle, parent }: OrganizationWire): Partial<OrganizationOutputs> {
  const handle = text(orgHandle);
  return { ...(handle !== undefined && { orgHandle: handle }), ...(parent && { parentId: parent.id }) };
}
