import { isOverlong } from "../columns";
import { applicationError, Refusal } from "../refusal";
import type { Store } from "../store";
import type { OidcScope } from "./collection";

export function foundOidcScope({ tenant }: Store, name: string): OidcScope {
  const scope = tenant.oidcScopes.find((candidate) => candidate.name === name);
  if (scope) return scope;
  throw new Refusal(
    404,
    "41003",
    `Server encountered an error while retrieving OIDC scope: ${name}`,
    `Scope ${name} is not found.`,
  );
}

/** The rules for a new scope. Unlike the columns, its lengths have a rule of their own. */
export function refuseBadOidcScope({ tenant }: Store, { name, displayName, description = "" }: OidcScope): void {
  if (/\s/.test(name)) throw invalid(`Scope name: ${name} contains white spaces.`);
  if (!/^[^?#/()]+$/.test(name)) throw invalid(`Invalid scope name: ${name}.`);
  if (isOverlong(name, 255)) throw invalid("The name of a scope has at most 255 characters.");
  if (displayName.trim() === "") throw invalid("The display name of a scope cannot be blank.");
  if (isOverlong(displayName, 255)) throw invalid("The display name of a scope has at most 255 characters.");
  if (isOverlong(description, 512)) throw invalid("The description of a scope has at most 512 characters.");
  const taken = [tenant.oidcScopes, ...tenant.apiResources.map(({ scopes }) => scopes)].flat();
  if (!taken.some((other) => other.name === name)) return;
  throw new Refusal(
    409,
    "41004",
    `Server encountered an error while adding OIDC scope: ${name}`,
    `Error while inserting OIDC scope: ${name}, scope already exists.`,
  );
}

function invalid(description: string): Refusal {
  return applicationError("OAUTH-60001", description);
}
