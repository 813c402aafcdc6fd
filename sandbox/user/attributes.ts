import { memberOf, type ScimBody } from "../scim/body";
import { badRequest } from "../scim/refusal";
import { isObject, type Server } from "../versions";
import { attributeNamed, extensionsOf } from "./schemas";

export type Attributes = Record<string, unknown>;

/** Attributes that ask for something and are not kept. */
const requests = ["askPassword", "verifyEmail"] as const;

/** The attributes in a body. What users do not have is dropped without a word. */
export function attributesOf(server: Server, body: ScimBody): Attributes {
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries(body)) {
    const attribute = attributeNamed(server, key);
    if (attribute && value !== null) attributes[attribute.name] = checkedValue(server, attribute.name, value);
  }
  return attributes;
}

/** The value of an attribute, if it has the right type; as answers show it. */
export function checkedValue(server: Server, name: string, value: unknown): unknown {
  const { kind } = attributeNamed(server, name) ?? {};
  if (kind === "text" && typeof value !== "string") throw badRequest("invalidSyntax");
  if (kind === "flag" && typeof value !== "boolean") throw badRequest("invalidSyntax");
  if (kind === "object") return withoutRequests(value);
  if (kind !== "list") return value;
  if (!Array.isArray(value)) throw badRequest("invalidSyntax");
  return value.map(checkedItem);
}

/** An entry without a type comes back as a text: it is in a place of its own. */
function checkedItem(item: unknown): unknown {
  if (typeof item === "string") return item;
  if (!isObject(item)) throw badRequest("invalidSyntax");
  const [value, type] = [memberOf(item, "value"), memberOf(item, "type")];
  if (type === undefined && typeof value === "string") return value;
  return item;
}

function withoutRequests(value: unknown): unknown {
  if (!isObject(value)) throw badRequest("invalidSyntax");
  const kept = Object.entries(value).filter(
    ([key]) => !requests.some((name) => name.toLowerCase() === key.toLowerCase()),
  );
  return Object.fromEntries(kept);
}

/** Whether a body asks for an invitation, which takes a text: `"true"`. */
export function asksForInvitation(server: Server, body: ScimBody): boolean {
  return extensionsOf(server).some((schema) => {
    const extension = memberOf(body, schema);
    return isObject(extension) && requests.some((name) => memberOf(extension, name) === "true");
  });
}
