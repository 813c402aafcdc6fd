import { createHash, randomUUID } from "node:crypto";
import type { Services } from "../gate";
import type { ApplicationThere } from "../organization/application-there";
import type { Token } from "../tokens";
import { issuerOf } from "./endpoints";
import type { UserWanted } from "./issue";
import type { Resident } from "./local-user";
import { requestedClaims } from "./oidc-claims";

interface Basis {
  /** The access token that it comes with. */
  readonly token: Token;
  /** Whom it is about, and in which organization. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly there: ApplicationThere;
  readonly resident: Resident;
}

/** An ID token (OpenID Connect Core 1.0, section 2), which comes with an access token. */
export function idToken(
  services: Services,
  { application, grant, nonce }: UserWanted,
  { token, about, there, resident }: Basis,
): Promise<string> {
  const { clientId, idToken: configured } = application.oidc ?? {};
  const issued = Math.floor(services.now() / 1000);
  return services.tokens.key.sign(
    {
      ...requestedClaims({ ...there, resident }, token.scopes),
      ...about,
      iss: issuerOf(services),
      aud: [clientId, ...(configured?.audience ?? [])],
      azp: clientId,
      nonce,
      auth_time: grant.since === undefined ? undefined : Math.floor(grant.since / 1000),
      iat: issued,
      nbf: issued,
      exp: issued + (configured?.expiryInSeconds ?? 3600),
      jti: randomUUID(),
      at_hash: halfHash(token.value),
      sid: grant.sessionId,
      amr: grant.authenticators,
    },
    "JWT",
  );
}

/** The left half of the hash, of the family that the signature uses. */
function halfHash(text: string): string {
  return createHash("sha256").update(text).digest().subarray(0, 16).toString("base64url");
}
