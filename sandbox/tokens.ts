import { randomUUID } from "node:crypto";
import { marked } from "./secret-mark";
import { SigningKey } from "./sign-in/signing-key";

/** What has come of one sign-in: tokens that end together. */
export interface Grant {
  readonly id: string;
  readonly userId: string;
  readonly sessionId: string;
  /** When the password was given, on the clock, in milliseconds; undefined if the session had ended before the first token. */
  readonly since: number | undefined;
  /** The authenticators that were passed. */
  readonly authenticators: readonly string[];
}

interface TokenBase {
  readonly value: string;
  readonly applicationId: string;
  readonly scopes: ReadonlySet<string>;
  /** The organization that it is for: undefined is the tenant's own. */
  readonly organizationId?: string | undefined;
  /** On the clock, in milliseconds. */
  readonly until: number;
}

/** An access token in force. */
export interface Token extends TokenBase {
  /** What it says, or would say if it were a JWT. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly isJwt: boolean;
  /** The sign-in that it comes of; undefined for one that an application has got for itself. */
  readonly grant?: Grant | undefined;
}

/** A refresh token, which may have ended: one is told so. */
export interface RefreshToken extends TokenBase {
  readonly grant: Grant;
  /** When it was issued, on the clock, in milliseconds. */
  readonly since: number;
}

/** How long, in milliseconds, a refresh token that has ended is remembered. */
const REMEMBERED = 86_400_000;

/** The tokens of this process. */
export class Tokens {
  private readonly issued = new Map<string, Token>();
  private readonly refresh = new Map<string, RefreshToken>();
  private readonly signing = new Set<Omit<Token, "value">>();

  constructor(
    private readonly now: () => number,
    /** What signs those which are JWTs. */
    readonly key = new SigningKey(),
  ) {}

  async issue(given: Omit<Token, "value">): Promise<Token> {
    this.forgetExpired();
    this.signing.add(given);
    const value = given.isJwt ? await this.key.sign(given.claims, "at+jwt") : marked(randomUUID());
    const token = { ...given, value };
    // What was revoked in the meantime has never been in force.
    if (this.signing.delete(given)) this.issued.set(value, token);
    return token;
  }

  issueRefresh(given: Omit<RefreshToken, "value">): RefreshToken {
    const token = { ...given, value: marked(randomUUID()) };
    this.refresh.set(token.value, token);
    return token;
  }

  /** A token with every scope given, which no application owns and which never ends. */
  issueForConsole(scopes: ReadonlySet<string>): string {
    const value = randomUUID();
    const until = Number.POSITIVE_INFINITY;
    this.issued.set(value, { value, applicationId: "", scopes, until, claims: {}, isJwt: false });
    return value;
  }

  find(value: string): Token | undefined {
    const token = this.issued.get(value);
    return token && token.until > this.now() ? token : undefined;
  }

  /** A refresh token, be it in force or at its end. */
  findRefresh(value: string): RefreshToken | undefined {
    return this.refresh.get(value);
  }

  /** Revokes the tokens of an application: all of them, or those for one organization. */
  revokeOf(applicationId: string, organizationId?: string): void {
    this.revoke(
      (token) =>
        token.applicationId === applicationId &&
        (organizationId === undefined || token.organizationId === organizationId),
    );
  }

  /** Revokes the tokens for an organization, whose ever they are. */
  revokeIn(organizationId: string): void {
    this.revoke((token) => token.organizationId === organizationId);
  }

  /** Revokes an access token. */
  revokeOne(value: string): void {
    this.issued.delete(value);
  }

  /** Revokes all that has come of a sign-in. */
  revokeGrant(id: string): void {
    this.revoke(({ grant }) => grant?.id === id);
  }

  /** Revokes all tokens of a user. */
  revokeOfUser(userId: string): void {
    this.revoke(({ grant }) => grant?.userId === userId);
  }

  /** Revokes what an application has got by a session. */
  revokeSession(sessionId: string, applicationId: string): void {
    this.revoke((token) => token.grant?.sessionId === sessionId && token.applicationId === applicationId);
  }

  /** Revokes the access tokens of a sign-in, and leaves the refresh token. */
  revokeAccess(grantId: string): void {
    for (const token of this.signing) if (token.grant?.id === grantId) this.signing.delete(token);
    for (const { value, grant } of this.issued.values()) if (grant?.id === grantId) this.issued.delete(value);
  }

  /** Revokes the access tokens of all applications; that of the console stays. */
  revokeAll(): void {
    for (const token of this.issued.values()) if (token.applicationId !== "") this.issued.delete(token.value);
  }

  private revoke(isMeant: (token: Omit<Token | RefreshToken, "value">) => boolean): void {
    for (const token of this.signing) if (isMeant(token)) this.signing.delete(token);
    for (const token of this.issued.values()) if (isMeant(token)) this.issued.delete(token.value);
    for (const token of this.refresh.values()) if (isMeant(token)) this.refresh.delete(token.value);
  }

  private forgetExpired(): void {
    const now = this.now();
    for (const { value, until } of this.issued.values()) if (until <= now) this.issued.delete(value);
    for (const { value, until } of this.refresh.values()) if (until + REMEMBERED <= now) this.refresh.delete(value);
  }
}
