import { isObject } from "../versions";
import type { Shown } from "./query";

type Resource = Readonly<Record<string, unknown>>;

/** A resource with the attributes that are asked for. What has to be there stays, and so does `meta` unless it is excluded. */
export function projected(
  resource: Resource,
  { attributes, excludedAttributes }: Shown,
  always: readonly string[] = [],
) {
  const fixed = new Set(["id", "schemas", ...always]);
  const entries = Object.entries(resource);
  if (attributes.length > 0) {
    const kept = entries.map(([name, value]) => {
      return [name, fixed.has(name) || name === "meta" ? value : only(value, partsOf(name, attributes))];
    });
    return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
  }
  const kept = entries.map(([name, value]) => {
    return [name, fixed.has(name) ? value : without(value, partsOf(name, excludedAttributes))];
  });
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

/** Which parts of an attribute are named: the empty text is the whole. Names come with their schema in front, or without. */
function partsOf(name: string, asked: readonly string[]): string[] {
  const own = name.toLowerCase();
  return asked.flatMap((each) => {
    const path = each.toLowerCase();
    const bare = own.startsWith("urn:") ? path : path.replace(/^urn:.*:/, "");
    if (bare === own) return [""];
    return [".", ":"].flatMap((sign) => (bare.startsWith(own + sign) ? [bare.slice(own.length + 1)] : []));
  });
}

function only(value: unknown, parts: readonly string[]): unknown {
  if (parts.length === 0) return undefined;
  return parts.includes("") ? value : members(value, (name) => parts.includes(name));
}

function without(value: unknown, parts: readonly string[]): unknown {
  if (parts.length === 0) return value;
  return parts.includes("") ? undefined : members(value, (name) => !parts.includes(name));
}

function members(value: unknown, isKept: (name: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => members(item, isKept));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => isKept(name.toLowerCase())));
}
