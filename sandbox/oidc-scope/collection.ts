import { z } from "zod";
import type { Collection } from "../collection";

const record = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string().optional(),
  claims: z.array(z.string()),
});

export type OidcScope = z.infer<typeof record>;

const profileClaims = [
  "name",
  "given_name",
  "family_name",
  "nickname",
  "picture",
  "website",
  "birthdate",
  "gender",
  "locale",
  "zoneinfo",
  "updated_at",
];

/** Name, display name, description, claims. */
const builtIn: readonly (readonly [string, string, string, readonly string[]])[] = [
  ["openid", "OpenID", "Sign in with the user's identifier", ["sub"]],
  ["profile", "Profile", "Basic profile of the user", profileClaims],
  ["email", "Email", "Email address of the user", ["email", "email_verified"]],
  ["phone", "Phone", "Telephone number of the user", ["phone_number", "phone_number_verified"]],
  ["address", "Address", "Postal address of the user", ["address"]],
  ["groups", "Groups", "Groups of the user", ["groups"]],
  ["roles", "Roles", "Roles of the user", ["roles"]],
];

/** The scopes of OpenID Connect. */
export const oidcScopes: Collection<OidcScope[]> = {
  content: z.array(record),
  empty: [],
  inEveryFile: true,
  seed: (tenant) => {
    for (const [name, displayName, description, claims] of builtIn) {
      tenant.oidcScopes.push({ name, displayName, description, claims: [...claims] });
    }
  },
};
