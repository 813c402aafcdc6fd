import type { Server } from "../versions";
import { knows } from "../versions";

export const coreSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const systemSchema = "urn:scim:wso2:schema";
const customSchema = "urn:scim:schemas:extension:custom:User";

type Kind = "text" | "flag" | "object" | "list";

/** The attributes of the core schema that a client may write, with their kinds. */
const core: Readonly<Record<string, Kind>> = {
  name: "object",
  nickName: "text",
  displayName: "text",
  title: "text",
  locale: "text",
  timezone: "text",
  preferredLanguage: "text",
  profileUrl: "text",
  userType: "text",
  externalId: "text",
  active: "flag",
  emails: "list",
  phoneNumbers: "list",
  addresses: "list",
  photos: "list",
  ims: "list",
  entitlements: "list",
  x509Certificates: "list",
};

/** Attributes that the server writes itself. */
export const readOnly = new Set(["groups", "roles", "meta", "id"]);

/** The schemas whose attributes stand in an object of their own. The custom one came later. */
export function extensionsOf(server: Server): string[] {
  return [enterpriseSchema, systemSchema, ...(knows(server, "customUserSchema") ? [customSchema] : [])];
}

/** An attribute that users have, by its name in any case; undefined for any other. */
export function attributeNamed(server: Server, name: string): { name: string; kind: Kind } | undefined {
  const same = (each: string) => each.toLowerCase() === name.toLowerCase();
  const extension = extensionsOf(server).find(same);
  if (extension) return { name: extension, kind: "object" };
  const own = Object.keys(core).find(same);
  return own === undefined ? undefined : { name: own, kind: core[own] ?? "text" };
}
