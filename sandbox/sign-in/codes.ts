import { randomUUID } from "node:crypto";
import { marked } from "../secret-mark";

/** As long as the server's default, in milliseconds. */
const lifetime = 300_000;

/** What a user who has signed in gives to an application. */
export interface UserGrant {
  readonly applicationId: string;
  readonly userId: string;
  /** The scopes that the request asked for, in its order. Which of them a token gets is decided when it is issued. */
  readonly scopes: readonly string[];
  readonly sessionId: string;
  readonly nonce: string | undefined;
}

/** An authorization code (RFC 6749 4.1.2), with what the token request has to fit. */
export interface Code extends UserGrant {
  readonly value: string;
  /** The redirect URI of the authorization request. */
  readonly redirectUri: string;
  /** The PKCE challenge of the request (RFC 7636), where it had one. */
  readonly challenge: { readonly value: string; readonly method: "plain" | "S256" } | undefined;
  /** On the clock, in milliseconds. */
  readonly until: number;
  isUsed: boolean;
}

/** The authorization codes of this process. One that was used or has expired is remembered: the answer tells them apart. */
export class Codes {
  private readonly all = new Map<string, Code>();

  constructor(private readonly now: () => number) {}

  issue(given: Omit<Code, "value" | "until" | "isUsed">): Code {
    const code = { ...given, value: marked(randomUUID()), until: this.now() + lifetime, isUsed: false };
    this.all.set(code.value, code);
    return code;
  }

  find(value: string): Code | undefined {
    return this.all.get(value);
  }
}
