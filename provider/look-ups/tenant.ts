import type { Api } from "../api/api";
import type { Settings } from "../settings";

/** Where a look-up reads: the tenant's APIs, and the settings by which they are reached. */
export interface Tenant {
  readonly api: Api;
  readonly settings: Settings;
}

/** The tenants that one run of a program reads, by their settings. */
const tenants = new WeakMap<object, Map<string, Tenant>>();

/** The tenant of these settings: one client, with its tokens and its answers, for all look-ups of a run. */
export function tenantOf(run: object, settings: Settings): Tenant {
  const known = tenants.get(run) ?? new Map<string, Tenant>();
  tenants.set(run, known);
  const key = JSON.stringify(settings);
  const tenant = known.get(key) ?? { api: connected(settings), settings };
  known.set(key, tenant);
  return tenant;
}

function connected(settings: Settings): Api {
  // Only here: a program without a look-up does not wait until the HTTP client is loaded.
  const { connect }: typeof import("../connect") = require("../connect");
  return connect(settings);
}
