/** What an explicit provider or the stack's config gives, by key with namespace. */
export interface Config {
  (key: string): unknown;
  /** All keys that it has, where they can be known. */
  readonly keys?: readonly string[];
}

/** Where a config comes from, for messages: a provider process is not told which of the two it has. */
export const configPlace = "the stack's config or an explicit provider";

/** The config that Pulumi's process for dynamic providers hands over. Its keys are in a member that no page describes. */
export function configOf(given: { get(key: string): unknown }): Config {
  const raw = "rawConfig" in given ? given.rawConfig : undefined;
  const keys = typeof raw === "object" && raw !== null ? Object.keys(raw) : [];
  return Object.assign((key: string) => given.get(key), { keys });
}

/** Numbers and booleans, as an explicit provider may give them, become texts; an empty text counts as not given. */
export function present(value: unknown): unknown {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}
