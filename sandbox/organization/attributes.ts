import type { Attribute } from "./collection";
import { organizationError } from "./refusals";

/** The attributes of a body, trimmed, or the refusal that the server would answer. */
export function checkedAttributes(attributes: readonly Attribute[], title: string): Attribute[] {
  const trimmed = attributes.map(({ key, value }) => ({ key: key.trim(), value: value.trim() }));
  const seen = new Set<string>();
  for (const { key, value } of trimmed) {
    if (key === "") throw organizationError(60003, title, "Attribute keys cannot be empty.");
    if (value === "") throw organizationError(60016, title, "Attribute value is required for all attributes.");
    if (seen.has(key)) throw organizationError(60004, title, "Attribute keys cannot be duplicated.");
    seen.add(key);
  }
  return trimmed;
}
