/** A bag of properties as Pulumi sends and stores it. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * Only what Pulumi's wire format can carry: `undefined` anywhere in an answer would fail it after the object was made,
 * and Pulumi sends absent members as null. In lists both are kept out, too.
 */
export function clean(value: object): Record<string, unknown> {
  return cleaned(value) as Record<string, unknown>;
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isPresent).map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => isPresent(member))
      .map(([key, member]) => [key, cleaned(member)]),
  );
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The members of `value` that are named. */
export function pick(value: Properties, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => value[name] !== undefined).map((name) => [name, value[name]]));
}
