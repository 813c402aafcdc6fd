import { nearMiss } from "./core/check";
import type { Config } from "./settings-given";

const namespace = "asgardeo:";

/** Every key of this package's namespace that is no setting. Without its value, which may be a secret. */
export function strangers({ keys = [] }: Config, known: readonly string[]): string[] {
  return unknown(keys, known).map((name) => `${namespace}${name}: no such setting${nearMiss(name, known)}`);
}

/** Those of them that are near to a setting. Others may be values of the program's own. */
export function misspelt({ keys = [] }: Config, known: readonly string[]): string[] {
  const slips = unknown(keys, known).filter((name) => nearMiss(name, known) !== "");
  return slips.map((name) => `${namespace}${name}: no such setting, so it counts for nothing${nearMiss(name, known)}`);
}

function unknown(keys: readonly string[], known: readonly string[]): string[] {
  const names = keys.filter((key) => key.startsWith(namespace)).map((key) => key.slice(namespace.length));
  return names.filter((name) => !known.includes(name));
}
