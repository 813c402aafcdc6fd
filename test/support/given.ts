import { SettingsError } from "../../provider/errors";
import { configOf, type Settings, settingsFrom } from "../../provider/settings";

export type Values = Record<string, unknown>;

/** What every set of settings needs. */
export const enough = { organization: "acme", clientId: "me", clientSecret: "hush-hush" };

/** `config` by name without the namespace; `env` by name. As Pulumi's process for dynamic providers hands it over. */
export function settings(config: Values = {}, env: Record<string, string> = {}): Settings {
  const entries = Object.entries(config).map(([name, value]) => [name.replace(/^(?!.*:)/, "asgardeo:"), value]);
  const rawConfig: Values = Object.fromEntries(entries);
  return settingsFrom(configOf(Object.assign({ get: (key: string) => rawConfig[key] }, { rawConfig })), env);
}

/** What is wrong with settings. */
export function problem(config: Values = {}, env: Record<string, string> = {}): string {
  try {
    settings(config, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error("expected a SettingsError");
}
