import { createSign, generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID } from "node:crypto";
import type { Application } from "./models/application";
import { marked } from "./secret-mark";

/** An access token in force. */
export interface Token {
  readonly value: string;
  readonly applicationId: string;
  readonly scopes: ReadonlySet<string>;
  /** The organization that it is for: undefined is the tenant's own. */
  readonly organizationId?: string | undefined;
  /** On the clock, in milliseconds. */
  readonly until: number;
}

/** Which organization a token is for, and what it says of it. */
export interface TokenOrganization {
  /** Undefined where it is the tenant's own. */
  readonly id: string | undefined;
  readonly claims: object;
}

/** The access tokens of this process, and the key that signs those which are JWTs. */
export class Tokens {
  private readonly issued = new Map<string, Token>();
  private pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;

  constructor(private readonly now: () => number) {}

  /** Issues a token to an application that has an OAuth client. */
  issue(
    application: Application,
    scopes: ReadonlySet<string>,
    issuer: string,
    organization: TokenOrganization,
  ): { token: Token; seconds: number } {
    this.forgetExpired();
    const seconds = application.oidc?.accessToken?.applicationAccessTokenExpiryInSeconds ?? 3600;
    const value =
      application.oidc?.accessToken?.type === "JWT"
        ? this.sign({ ...claimsOf(application, scopes, issuer, this.now(), seconds), ...organization.claims })
        : marked(randomUUID());
    const until = this.now() + seconds * 1000;
    const token = { value, applicationId: application.id, scopes, organizationId: organization.id, until };
    this.issued.set(value, token);
    return { token, seconds };
  }

  /** A token with every scope given, which no application owns and which never ends. */
  issueForConsole(scopes: ReadonlySet<string>): string {
    const value = randomUUID();
    this.issued.set(value, { value, applicationId: "", scopes, until: Number.POSITIVE_INFINITY });
    return value;
  }

  find(value: string): Token | undefined {
    const token = this.issued.get(value);
    return token && token.until > this.now() ? token : undefined;
  }

  /** Revokes the tokens of an application: all of them, or those for one organization. */
  revokeOf(applicationId: string, organizationId?: string): void {
    for (const token of this.issued.values()) {
      const isMeant = organizationId === undefined || token.organizationId === organizationId;
      if (token.applicationId === applicationId && isMeant) this.issued.delete(token.value);
    }
  }

  /** Revokes the tokens for an organization, whose ever they are. */
  revokeIn(organizationId: string): void {
    for (const token of this.issued.values()) {
      if (token.organizationId === organizationId) this.issued.delete(token.value);
    }
  }

  /** Revokes the tokens of all applications; that of the console stays. */
  revokeAll(): void {
    for (const token of this.issued.values()) if (token.applicationId !== "") this.issued.delete(token.value);
  }

  /** The public half of the signing key. */
  jwk(): JsonWebKey {
    return { ...this.keys().publicKey.export({ format: "jwk" }), kid: "sandbox", use: "sig", alg: "RS256" };
  }

  private forgetExpired(): void {
    for (const token of this.issued.values()) if (token.until <= this.now()) this.issued.delete(token.value);
  }

  private sign(claims: object): string {
    const header = { alg: "RS256", typ: "at+jwt", kid: "sandbox" };
    const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = createSign("RSA-SHA256").update(content).sign(this.keys().privateKey, "base64url");
    return `${content}.${signature}`;
  }

  /** Made at the first need: it takes long compared with everything else that the sandbox does. */
  private keys(): { publicKey: KeyObject; privateKey: KeyObject } {
    this.pair ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
    return this.pair;
  }
}

function claimsOf(application: Application, scopes: ReadonlySet<string>, issuer: string, now: number, seconds: number) {
  const clientId = application.oidc?.clientId;
  const issued = Math.floor(now / 1000);
  return {
    iss: issuer,
    sub: clientId,
    aud: clientId,
    azp: clientId,
    client_id: clientId,
    aut: "APPLICATION",
    scope: scopes.size > 0 ? [...scopes].join(" ") : undefined,
    iat: issued,
    nbf: issued,
    exp: issued + seconds,
    jti: randomUUID(),
  };
}
