import type { Api } from "../api/api";
import { clean, type Properties } from "./clean";
import type { Named } from "./named";
import { isUnknown } from "./unknown";

/** Which properties are secret, by the definition. */
export type SecretNames = Pick<Named<object>, "secretArgs"> & { readonly secrets: readonly string[] };

/** What an operation knows of secrets by its definition: those are hidden in all that is said from now on. */
export function keepSecrets({ secrets, secretArgs = [] }: SecretNames, api: Api, all: readonly Properties[]): void {
  for (const path of [...secrets, ...secretArgs]) {
    for (const properties of all) {
      for (const text of textsIn(at(clean(properties), path.split(".")))) {
        if (!isUnknown(text)) api.keepSecret(text);
      }
    }
  }
}

/** The value at a path; of a list, those of its elements. */
function at(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(value)) return value.map((element) => at(element, path));
  return typeof value === "object" && value !== null
    ? at(Object.entries(value).find(([key]) => key === name)?.[1], rest)
    : undefined;
}

/** All texts in a value, whatever its form: a wrong one may be a secret all the same. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
