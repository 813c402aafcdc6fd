import type { Properties } from "./clean";
import { isUnknown } from "./unknown";

/** The args by which people know an object, the first one that is there counts: SCIM has its own words for a name. */
const names = ["name", "displayName", "userName"];

/** What an object is called, for messages; undefined where it has no name, or none that is known yet. */
export function nameOf(args: Properties): string | undefined {
  const values = names.map((name) => args[name]);
  return values.find((value): value is string => typeof value === "string" && !isUnknown(value));
}

/** `Application "Shop" (id …)`, by the name that the object has, where it has one. */
export function objectText(type: string, id: string, properties: Properties): string {
  const name = nameOf(properties);
  return name !== undefined ? `${type} ${JSON.stringify(name)} (id ${id})` : `${type} ${id}`;
}
