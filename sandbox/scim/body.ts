import type { HonoRequest } from "hono";
import { isObject } from "../versions";
import { badRequest, scimError } from "./refusal";

/** The body of a SCIM request. Names of members are read in any case, and null counts as left out. */
export type ScimBody = Readonly<Record<string, unknown>>;

const mediaTypes = new Set(["application/scim+json", "application/json", "application/*", "*/*"]);

/** Reads the body of a POST, PUT or PATCH, which has to say what it is. */
export async function scimBody(request: HonoRequest): Promise<ScimBody> {
  const contentType = request.header("content-type");
  const mediaType = contentType?.split(";")[0]?.trim().toLowerCase();
  if (!mediaType || !mediaTypes.has(mediaType)) {
    throw scimError(406, `${contentType || "No content type"} is not supported.`);
  }
  let body: unknown;
  try {
    body = JSON.parse(await request.text());
  } catch {
    throw badRequest("invalidSyntax");
  }
  if (!isObject(body)) throw badRequest("invalidSyntax");
  return body;
}

/** A member by its name in any case; undefined if it is left out or null. */
export function memberOf(body: ScimBody, name: string): unknown {
  const found = Object.keys(body).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : (body[found] ?? undefined);
}

/** A member that is a text; undefined if it is left out. */
export function textOf(body: ScimBody, name: string): string | undefined {
  const value = memberOf(body, name);
  if (value !== undefined && typeof value !== "string") throw badRequest("invalidSyntax");
  return value;
}

/** A member that is a list of objects; undefined if it is left out. */
export function listOf(body: ScimBody, name: string): ScimBody[] | undefined {
  const value = memberOf(body, name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every(isObject)) throw badRequest("invalidSyntax");
  return value;
}

/** The values of a list whose items are named by their `value`; undefined if the list is left out. */
export function valuesOf(body: ScimBody, name: string): string[] | undefined {
  return listOf(body, name)?.map((item) => requiredValue(item));
}

/** What names the item of a list. */
export function requiredValue(item: ScimBody): string {
  const value = textOf(item, "value");
  if (value === undefined) throw badRequest("invalidSyntax");
  return value;
}
