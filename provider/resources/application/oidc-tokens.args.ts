import type * as pulumi from "@pulumi/pulumi";

/** How access tokens look and how long they live (RFC 6749 section 1.4). All members change in place. */
export interface AccessTokenArgs {
  /** `JWT` for self-contained tokens (RFC 9068), `Default` for opaque ones. The server's default is `Default`. */
  type?: pulumi.Input<"JWT" | "Default"> | undefined;
  /** Life time of a token that acts for a user, in seconds. The server's default is 3600. */
  userAccessTokenExpiryInSeconds?: pulumi.Input<number> | undefined;
  /** Life time of a token that the application gets for itself, in seconds. The server's default is 3600. */
  applicationAccessTokenExpiryInSeconds?: pulumi.Input<number> | undefined;
  /** What a token is bound to, so that it is of no use elsewhere. `DPoP` is RFC 9449, `certificate` RFC 8705. The server's default is `None`. */
  bindingType?:
    | pulumi.Input<"None" | "cookie" | "sso-session" | "device-flow" | "DPoP" | "certificate" | "client-request">
    | undefined;
  /** Revokes the tokens that are bound to a session when the session ends. The server's default is false. */
  revokeTokensWhenIdpSessionTerminated?: pulumi.Input<boolean> | undefined;
  /** Refuses a call of an API that comes without what the token is bound to. The server's default is false. */
  validateTokenBinding?: pulumi.Input<boolean> | undefined;
  /**
   * User attributes in JWT access tokens, by the names of their OpenID Connect claims. The server's default is none.
   *
   * @since 7.1
   */
  accessTokenAttributes?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * Writes the `scope` claim of a JWT access token as a JSON array instead of one text. The server's default is false.
   *
   * @since 7.3
   */
  enableJwtScopeAsArray?: pulumi.Input<boolean> | undefined;
}

/** How long refresh tokens live and whether they change with use (RFC 6749 section 1.5). All members change in place. */
export interface RefreshTokenArgs {
  /** Life time in seconds. The server's default is 86400, one day. */
  expiryInSeconds?: pulumi.Input<number> | undefined;
  /** Gives a new refresh token with every use of the old one (RFC 9700 section 4.14). Left out, the setting of the whole server applies. */
  renewRefreshToken?: pulumi.Input<boolean> | undefined;
  /**
   * Lets the life time of a renewed refresh token start anew. Left out, the setting of the whole server applies.
   *
   * @since 7.3
   */
  extendRenewedRefreshTokenExpiryTime?: pulumi.Input<boolean> | undefined;
  /**
   * Lets the refresh token before a renewal be used for a while longer, for clients whose answer was lost. It needs
   * `renewRefreshToken`. Left out, the setting of the whole server applies.
   *
   * @since after 7.3
   */
  gracefulRefreshTokenRotationEnabled?: pulumi.Input<boolean> | undefined;
  /**
   * How long that is, in seconds. Left out, the setting of the whole server applies.
   *
   * @since after 7.3
   */
  gracefulRefreshTokenRotationValidityPeriod?: pulumi.Input<number> | undefined;
  /**
   * How many times it may be used in that time. Left out, the setting of the whole server applies.
   *
   * @since after 7.3
   */
  gracefulRefreshTokenReuseLimit?: pulumi.Input<number> | undefined;
}

/**
 * The subject token of an impersonation, for token exchange (RFC 8693 section 2.1).
 *
 * @since 7.1
 */
export interface SubjectTokenArgs {
  /** Whether the application may get subject tokens. The server's default is false. Changes in place. */
  enable?: pulumi.Input<boolean> | undefined;
  /** Life time in seconds. Left out, the server's own short life time applies. Changes in place. */
  applicationSubjectTokenExpiryInSeconds?: pulumi.Input<number> | undefined;
}

/** Encryption of ID tokens (OpenID Connect Core 1.0 section 10.2). It needs a certificate of the application. */
export interface IdTokenEncryptionArgs {
  /** Whether ID tokens are encrypted. The server's default is false. Changes in place. */
  enabled?: pulumi.Input<boolean> | undefined;
  /** The algorithm that wraps the key, such as `RSA-OAEP` (RFC 7518 section 4). The server's default is none. Changes in place. */
  algorithm?: pulumi.Input<string> | undefined;
  /** The algorithm that encrypts the content, such as `A128GCM` (RFC 7518 section 5). The server's default is none. Changes in place. */
  method?: pulumi.Input<string> | undefined;
}

/** What ID tokens hold and how they are protected (OpenID Connect Core 1.0 section 2). All members change in place. */
export interface IdTokenArgs {
  /** Life time in seconds. The server's default is 3600. */
  expiryInSeconds?: pulumi.Input<number> | undefined;
  /** Further recipients, beside the application itself, in the `aud` claim. Neither empty texts nor duplicates. The server's default is none. */
  audience?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The algorithm of the signature, such as `PS256`. Left out, the setting of the whole server applies. */
  signedResponseAlgorithm?: pulumi.Input<string> | undefined;
  /** Encryption. The server's default is none. */
  encryption?: pulumi.Input<IdTokenEncryptionArgs> | undefined;
}
