/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Both, at every depth; lists are taken whole. */
export function merged(a: JsonObject, b: JsonObject): JsonObject {
  const members = Object.entries(b).map(([key, value]): [string, unknown] => {
    const other = a[key];
    return [key, isObject(value) && isObject(other) ? merged(other, value) : value];
  });
  return { ...a, ...Object.fromEntries(members) };
}

/** What lies at a path such as `oidc.pkce.mandatory`. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** An object that has nothing but a value at a path. */
export function objectWith(path: string, value: unknown): JsonObject {
  const inner = path.split(".").reduceRight<unknown>((rest, key) => ({ [key]: rest }), value);
  return isObject(inner) ? inner : {};
}

/** Where the live value does not have what is expected of it. Lists are sets, but for the steps of a login flow. */
export function missing(expected: unknown, live: unknown, path = ""): string[] {
  if (isObject(expected)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      missing(value, isObject(live) ? live[key] : undefined, path === "" ? key : `${path}.${key}`),
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
      path.endsWith("steps") ? hasAll(value, live[i]) : live.some((other) => hasAll(value, other)),
    );
  return isSame ? [] : [`${path} is ${JSON.stringify(live)} and not ${JSON.stringify(expected)}`];
}

function hasAll(expected: unknown, live: unknown): boolean {
  return missing(expected, live).length === 0;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** Without the sign-in of organizations, which comes and goes as an application is shared. */
export function withoutSharing(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((one) => !isObject(one) || one.idp !== "SSO").map(withoutSharing);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSharing(inner)]));
}
