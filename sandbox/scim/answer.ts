import type { Context } from "hono";
import type { Env, Services } from "../gate";
import { isObject } from "../versions";

/** Where the SCIM APIs of the tenant are: the head of the addresses in their answers. */
export function scimUrl({ store, baseUrl }: Pick<Services, "store" | "baseUrl">): string {
  return `${baseUrl()}/t/${store.tenant.organization}/scim2`;
}

/** An answer of a SCIM API. That of a write has the address of its resource in a header, whatever attributes it shows. */
export function scimAnswer(context: Context<Env>, body: object, status: 200 | 201 = 200, location?: string): Response {
  const headers = { "Content-Type": "application/scim+json", ...(location !== undefined && { Location: location }) };
  return context.body(JSON.stringify(body), status, headers);
}

/** The address in `meta` of a resource. */
export function locationOf(resource: Readonly<Record<string, unknown>>): string | undefined {
  const { meta } = resource;
  return isObject(meta) && typeof meta.location === "string" ? meta.location : undefined;
}
