import { AsgardeoError, MissingScopeError } from "../errors";
import type { Api } from "./api";
import type { Scope } from "./scopes";
import { scopesOfTenant } from "./tenant-scopes";

/**
 * Fails where the bootstrap client lacks a scope that a change will need, and that the server knows: not every version
 * does, so the tenant is asked, but only where the token lacks one. Where it cannot be asked, the run will tell.
 */
export async function requireWhereKnown(api: Api, scopes: readonly Scope[]): Promise<void> {
  // A token that is only to read never has a scope to write.
  const missing = api.mayWrite ? await lacking(api, api.here(scopes)) : [];
  if (missing.length === 0) return;
  const names = await api.kept(scopesOfTenant).catch((error: unknown) => {
    if (error instanceof AsgardeoError) return new Set<string>();
    throw error;
  });
  await api.needing(...missing.filter((scope) => names.has(scope))).ready();
}

async function lacking(api: Api, scopes: readonly Scope[]): Promise<readonly Scope[]> {
  if (scopes.length === 0) return [];
  try {
    await api.needing(...scopes).ready();
    return [];
  } catch (error) {
    if (!(error instanceof MissingScopeError)) throw error;
    return scopes.filter((scope) => error.scopes.includes(scope));
  }
}
