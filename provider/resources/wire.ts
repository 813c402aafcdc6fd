/** A JSON object of the API. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy without what says nothing: members that are undefined or null, and objects in which nothing is left. */
export function present<T extends object>(value: T): T {
  const members = Object.entries(value)
    .map(([key, member]): [string, unknown] => [key, presentValue(member)])
    .filter(([, member]) => member !== undefined);
  return Object.fromEntries(members) as T;
}

function presentValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => (isObject(element) ? present(element) : element));
  if (!isObject(value)) return value ?? undefined;
  const kept = present(value);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** A text as the args have it: the server says "" or null where there is none. */
export function text<T extends string>(value: T | null | undefined): T | undefined {
  return value === null || value === "" ? undefined : value;
}

/**
 * `live` with `wanted` laid over it, at every depth. What was declared `before` and is wanted no longer goes back to the
 * server's default, which is absence where `defaults` has none. What was never declared stays. Lists are replaced whole.
 */
export function merge(live: JsonObject, wanted: JsonObject, before: JsonObject, defaults: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(live), ...Object.keys(wanted), ...Object.keys(before)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, mergeMember(live[key], wanted[key], before[key], defaults[key])]),
  );
}

function mergeMember(live: unknown, wanted: unknown, before: unknown, byDefault: unknown): unknown {
  if (isObject(wanted) || (wanted === undefined && isObject(before))) {
    return merge(bag(live), bag(wanted), bag(before), bag(byDefault));
  }
  if (wanted !== undefined) return wanted;
  return before === undefined ? live : byDefault;
}

function bag(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A body whose nested objects, where they are there at all, have every member that is `needed`. */
export function complete<T extends object>(body: T, needed: Readonly<Record<string, JsonObject>>): T {
  const members = Object.entries(body).map(([key, value]) => [
    key,
    isObject(value) && needed[key] ? { ...needed[key], ...value } : value,
  ]);
  return Object.fromEntries(members) as T;
}
