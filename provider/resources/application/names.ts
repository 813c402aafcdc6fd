import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import { isUnknown } from "../../core/unknown";

/** An application as messages name it: `the application "Shop" (id …)`. */
export function applicationText(name: unknown, id?: string): string {
  return `the application ${JSON.stringify(name)}${id === undefined ? "" : ` (id ${id})`}`;
}

const pattern = /^[a-zA-Z0-9._-]+(?: [a-zA-Z0-9._-]+)*$/;
const allowed = "letters, digits, `.`, `_`, `-`, and single blanks between them";

function isBad(name: unknown): name is string {
  return typeof name === "string" && name !== "" && !isUnknown(name) && !pattern.test(name);
}

/** The hosted service has one set of rules; WSO2 Identity Server has a setting for names. */
function isAsgardeo(base: string): boolean {
  return URL.canParse(base) && /(^|\.)asgardeo\.io$/.test(new URL(base).hostname);
}

/** The name that Asgardeo would refuse; one that an application has already was not refused. */
export function nameFailures(base: string, { name }: Properties, old: Properties | undefined): Failure[] {
  if (!isBad(name) || !isAsgardeo(base) || old?.name === name) return [];
  return [{ property: "name", reason: `name: Asgardeo refuses ${JSON.stringify(name)}; a name has ${allowed}` }];
}

/** The same on servers that may be set otherwise. */
export function nameFindings(base: string, { name }: Properties): Failure[] {
  if (!isBad(name) || isAsgardeo(base)) return [];
  const reason = `name: the server refuses ${JSON.stringify(name)}, unless the server is set otherwise (\`SPNameRegex\` of WSO2 Identity Server); a name has ${allowed}`;
  return [{ property: "name", reason }];
}
