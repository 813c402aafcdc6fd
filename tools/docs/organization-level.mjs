import { layout, pageOf } from "./layout.mjs";
import { href, list, prose } from "./markdown.mjs";
import { constant } from "./values.mjs";

/** @import { Source } from "./source.mjs" */

/** What of each type an organization of the tenant has. @param {Source} source @param {string} on */
export function organizationLevelBlock(source, on) {
  const levels = /** @type {Record<string, { operations: string[], note: string }>} */ (
    constant(source, layout.organizationLevel, "organizationLevel")
  );
  const columns = [{ head: "Type" }, { head: "In an organization" }, { head: "What is different" }];
  const rows = Object.entries(levels).map(([type, { operations, note }]) => {
    return [`[${type}](${href(on, pageOf(type))})`, what(operations), prose(note)];
  });
  return list(columns, rows);
}

/** @param {string[]} operations */
function what(operations) {
  if (operations.includes("create")) return "works";
  return operations.includes("read") ? "can only be read" : "is not there";
}
