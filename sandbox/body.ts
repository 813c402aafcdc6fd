import type { HonoRequest } from "hono";
import type { z } from "zod";
import { malformedBody, Refusal } from "./refusal";
import { isObject } from "./versions";

/** The JSON of a request. A member that is null counts as left out, as it does on the server. */
export async function readJson(request: HonoRequest): Promise<unknown> {
  try {
    return withoutNulls(JSON.parse(await request.text()));
  } catch {
    throw malformedBody();
  }
}

/** Checks a body against its model, with the server's two kinds of refusal: not the right types, and required but missing. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const violations: string[] = [];
  for (const issue of parsed.error.issues) {
    const violation = violationOf(issue, body);
    if (violation === undefined) throw malformedBody();
    violations.push(violation);
  }
  throw new Refusal(400, "UE-10000", "Invalid Request", violations.join(" "));
}

/** The sentence of a broken constraint; undefined if the value could not even be read. */
function violationOf(issue: z.core.$ZodIssue, body: unknown): string | undefined {
  if (issue.path.length === 0) return undefined;
  const property = [...issue.path].reverse().find((key) => typeof key === "string") ?? "";
  if (valueAt(body, issue.path) === undefined) return `Property ${String(property)} cannot be null.`;
  if (issue.code === "too_small") return `Property ${String(property)} is too small: at least ${issue.minimum}.`;
  return undefined;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (Array.isArray(found) && typeof key === "number") found = found[key];
    else if (isObject(found)) found = found[String(key)];
    else return undefined;
  }
  return found;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNulls(member)]));
}
