import { createHash } from "node:crypto";
import type { Application } from "../models/application";
import { primary } from "../scim/user-stores";
import { claimValue } from "./claim-values";
import type { Resident } from "./local-user";

/** Whom tokens for an application are about: the user's id, or as the application is configured. */
export function subjectOf({ claims, oidc }: Application, { store, user }: Resident): string {
  const { claim, includeUserDomain, includeTenantDomain } = claims.subject;
  const value = claim?.uri === undefined ? undefined : claimValue(store, user, claim.uri);
  const domain = includeUserDomain && user.store !== primary ? `${user.store}/` : "";
  const tenant = includeTenantDomain ? `@${store.root.tenant.organization}` : "";
  const subject = `${domain}${typeof value === "string" ? value : user.id}${tenant}`;
  if (oidc?.subject?.subjectType !== "pairwise") return subject;
  return pairwise(oidc.subject.sectorIdentifierUri ?? oidc.callbackURLs?.[0] ?? "", subject);
}

/** Another one for each sector: applications of two sectors cannot tell that it is the same user. */
function pairwise(sector: string, subject: string): string {
  const host = URL.canParse(sector) ? new URL(sector).host : sector;
  const hex = createHash("sha256").update(`${host}\0${subject}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
