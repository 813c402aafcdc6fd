import type { Application } from "../models/application";
import { rolesOfUser } from "../role/of-user";
import type { Store } from "../store";
import { isObject } from "../versions";
import { claimValue } from "./claim-values";
import type { Resident } from "./local-user";

const dialect = "http://wso2.org/claims/";

/** The names that OpenID Connect has for local claims. */
const oidcNames: Readonly<Record<string, string>> = {
  fullname: "name",
  givenname: "given_name",
  lastname: "family_name",
  middleName: "middle_name",
  nickname: "nickname",
  username: "username",
  url: "website",
  photourl: "picture",
  gender: "gender",
  dob: "birthdate",
  timeZone: "zoneinfo",
  local: "locale",
  modified: "updated_at",
  emailaddress: "email",
  "identity/emailVerified": "email_verified",
  mobile: "phone_number",
  telephone: "phone_number",
  "identity/phoneVerified": "phone_number_verified",
  addresses: "address",
  groups: "groups",
  roles: "roles",
};

/** Who is asked about, and for which application: that of the store. */
export interface ClaimsOf {
  readonly store: Store;
  readonly application: Application;
  readonly resident: Resident;
}

/** What ID tokens and the user info say of a user: what the application requests, as far as the granted scopes cover it. */
export function requestedClaims(of: ClaimsOf, scopes: ReadonlySet<string>): Record<string, unknown> {
  const granted = of.store.tenant.oidcScopes.filter(({ name }) => scopes.has(name));
  const covered = new Set(granted.flatMap(({ claims }) => claims));
  const requested = of.application.claims.mappings.filter((mapping) => mapping.requested);
  const uris = requested.map(({ localClaim }) => localClaim).filter((uri) => covered.has(oidcNameOf(uri) ?? ""));
  return valuesOf(of, uris);
}

/** What access tokens say of a user beyond the usual: the attributes that the application is configured with. */
export function accessTokenClaims(of: ClaimsOf): Record<string, unknown> {
  const names = of.application.oidc?.accessToken?.accessTokenAttributes ?? [];
  const uris = Object.keys(oidcNames).map((name) => dialect + name);
  return valuesOf(
    of,
    names.flatMap((name) => (oidcNameOf(name) ? [name] : uris.filter((uri) => oidcNameOf(uri) === name))),
  );
}

function valuesOf(of: ClaimsOf, uris: readonly string[]): Record<string, unknown> {
  const found = uris.map((uri) => [oidcNameOf(uri) ?? uri, valueFor(of, uri)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function valueFor({ store, application, resident }: ClaimsOf, uri: string): unknown {
  const value = claimValue(resident.store, resident.user, uri);
  switch (oidcNameOf(uri)) {
    case "roles":
      return textsOrNothing(rolesOfUser(store, application, resident.user.id).map(({ displayName }) => displayName));
    case "groups":
      return textsOrNothing(value);
    case "updated_at":
      return Math.floor(Date.parse(String(value)) / 1000);
    case "address":
      return addressOf(value);
  }
  return value;
}

/** Nobody is told of an empty list. */
function textsOrNothing(value: unknown): unknown {
  return Array.isArray(value) && value.length > 0 ? value : undefined;
}

/** An address in the words of OpenID Connect. */
function addressOf(value: unknown): unknown {
  if (!isObject(value)) return typeof value === "string" ? { formatted: value } : undefined;
  const { formatted, streetAddress, locality, region, postalCode, country } = value;
  return { formatted, street_address: streetAddress, locality, region, postal_code: postalCode, country };
}

function oidcNameOf(uri: string): string | undefined {
  return uri.startsWith(dialect) ? oidcNames[uri.slice(dialect.length)] : undefined;
}
