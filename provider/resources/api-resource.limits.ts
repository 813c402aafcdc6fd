import type { Failure } from "../core/check";
import { scopeName } from "../core/checks";
import type { Properties } from "../core/clean";
import { longTexts } from "./limits";
import { isObject } from "./wire";

/** The name of a scope that an API may bring: some begin as those of the server itself, and one it is to keep. */
export const apiScopeName = scopeName.superRefine((name, ctx) => {
  const prefix = ["internal_", "console:"].find((start) => name.startsWith(start));
  const message =
    prefix !== undefined
      ? `begins with \`${prefix}\`, which the server keeps for its own scopes; choose another name, such as \`orders:read\``
      : name === "openid"
        ? "is the scope that makes a request one of OpenID Connect, so no API can have it; choose another name, such as `orders:read`"
        : undefined;
  if (message !== undefined) ctx.addIssue({ code: "custom", message });
});

/** The OpenID Connect scopes that a tenant has from the start. It can lose them, so the names may be free. */
const openIdConnectScopes = new Set<unknown>(["profile", "email", "address", "phone", "groups", "roles"]);

/** What the server keeps only in part of an API, and names that it has as a rule. */
export function apiFindings(args: Properties): Failure[] {
  const scopes: readonly unknown[] = Array.isArray(args.scopes) ? args.scopes : [];
  const names = scopes.flatMap((scope, i) => {
    if (!isObject(scope) || !openIdConnectScopes.has(scope.name)) return [];
    const reason = `scopes[${i}].name: \`${scope.name}\` is an OpenID Connect scope that tenants have from the start, and no API can have a scope of the same name; choose another, such as \`orders:${scope.name}\``;
    return [{ property: "scopes", reason }];
  });
  return [...longTexts(args, { name: 255, identifier: 255, description: 1023 }), ...names];
}
