/** A JSON object. */
export type Bag = Readonly<Record<string, unknown>>;

export function isBag(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Both, at every depth; lists are taken whole. */
export function merged(a: Bag, b: Bag): Bag {
  const members = Object.entries(b).map(([key, value]): [string, unknown] => {
    const other = a[key];
    return [key, isBag(value) && isBag(other) ? merged(other, value) : value];
  });
  return { ...a, ...Object.fromEntries(members) };
}

/** What lies at a path such as `oidc.pkce.mandatory`. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, key) => (isBag(inner) ? inner[key] : undefined), value);
}

/** An object that has nothing but a value at a path. */
export function bagOf(path: string, value: unknown): Bag {
  const inner = path.split(".").reduceRight<unknown>((rest, key) => ({ [key]: rest }), value);
  return isBag(inner) ? inner : {};
}

/** Where the live value does not have what is expected of it. Lists are sets, but for the steps of a login flow. */
export function missing(expected: unknown, live: unknown, path = ""): string[] {
  if (isBag(expected)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      missing(value, isBag(live) ? live[key] : undefined, path === "" ? key : `${path}.${key}`),
    );
  }
  if (!Array.isArray(expected)) {
    const isSame = expected === live || (isNothing(expected) && isNothing(live));
    return isSame ? [] : [`${path} is ${JSON.stringify(live)} and not ${JSON.stringify(expected)}`];
  }
  const isSame =
    Array.isArray(live) &&
    live.length === expected.length &&
    expected.every((value, i) =>
      path.endsWith("steps") ? matches(value, live[i]) : live.some((other) => matches(value, other)),
    );
  return isSame ? [] : [`${path} is ${JSON.stringify(live)} and not ${JSON.stringify(expected)}`];
}

function matches(expected: unknown, live: unknown): boolean {
  return missing(expected, live).length === 0;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
