import type * as pulumi from "@pulumi/pulumi";

/** Proof Key for Code Exchange (RFC 7636): a stolen authorization code is of no use without the key. Both members change in place. */
export interface PkceArgs {
  /** Refuses authorization requests without a code challenge. The server's default is false. */
  mandatory?: pulumi.Input<boolean> | undefined;
  /** Also accepts the method `plain`, which does not protect against who can read the request. The server's default is false. */
  supportPlainTransformAlgorithm?: pulumi.Input<boolean> | undefined;
}

/**
 * The hybrid flow (OpenID Connect Core 1.0 section 3.3).
 *
 * @since 7.1
 */
export interface HybridFlowArgs {
  /** Whether the flow is allowed. The server's default is false. Changes in place. */
  enable?: pulumi.Input<boolean> | undefined;
  /** The allowed response types, separated by commas: `code token`, `code id_token`, `code id_token token`. Needed where the flow is on. The server's default is none. Changes in place. */
  responseType?: pulumi.Input<string> | undefined;
}

/** How the application proves who it is at the token endpoint (OpenID Connect Core 1.0 section 9). All members change in place. */
export interface ClientAuthenticationArgs {
  /** The one method that is accepted, by its registered name (RFC 7591 section 2, RFC 8705). Left out, the server accepts all that it supports. */
  tokenEndpointAuthMethod?:
    | pulumi.Input<
        | "client_secret_basic"
        | "client_secret_post"
        | "client_secret_jwt"
        | "private_key_jwt"
        | "tls_client_auth"
        | "self_signed_tls_client_auth"
      >
    | undefined;
  /** The algorithm of the signature for `private_key_jwt`, such as `PS256`. Left out, the server accepts all that it supports. */
  tokenEndpointAuthSigningAlg?: pulumi.Input<string> | undefined;
  /**
   * Accepts the same signed assertion more than once (RFC 7523 section 3). Only for `private_key_jwt`. Left out, the
   * setting of the whole server applies.
   *
   * @since 7.1
   */
  tokenEndpointAllowReusePvtKeyJwt?: pulumi.Input<boolean> | undefined;
  /** The subject of the certificate for `tls_client_auth`, as a distinguished name (RFC 8705 section 2.1.2). The server's default is none. */
  tlsClientAuthSubjectDn?: pulumi.Input<string> | undefined;
}

/** Encryption of request objects (OpenID Connect Core 1.0 section 6.1). Both members change in place. */
export interface RequestObjectEncryptionArgs {
  /** The algorithm that wraps the key, such as `RSA-OAEP` (RFC 7518 section 4). Left out, the server accepts all that it supports. */
  algorithm?: pulumi.Input<string> | undefined;
  /** The algorithm that encrypts the content, such as `A128GCM` (RFC 7518 section 5). Left out, the server accepts all that it supports. */
  method?: pulumi.Input<string> | undefined;
}

/** Authorization requests that are JSON Web Tokens (RFC 9101). Both members change in place. */
export interface RequestObjectArgs {
  /** The one algorithm of the signature that is accepted, such as `PS256`. Left out, the server accepts all that it supports. Changes in place. */
  signingAlgorithm?: pulumi.Input<string> | undefined;
  /** The one encryption that is accepted. Left out, the server accepts all that it supports. Changes in place. */
  encryption?: pulumi.Input<RequestObjectEncryptionArgs> | undefined;
}

/** How a user is named towards the application (OpenID Connect Core 1.0 section 8). Both members change in place. */
export interface SubjectArgs {
  /** `public` for one identifier for all applications, `pairwise` for one for each sector. The server's default is `public`. */
  subjectType?: pulumi.Input<"public" | "pairwise"> | undefined;
  /** An `https` URL that lists the callback URLs of the applications which share pairwise identifiers. The server's default is none. */
  sectorIdentifierUri?: pulumi.Input<string> | undefined;
}

/** Where the server tells that a session has ended. Both members change in place. */
export interface LogoutArgs {
  /** Called by the server itself (OpenID Connect Back-Channel Logout 1.0). The server's default is none. */
  backChannelLogoutUrl?: pulumi.Input<string> | undefined;
  /** Loaded by the user's browser (OpenID Connect Front-Channel Logout 1.0). The server's default is none. */
  frontChannelLogoutUrl?: pulumi.Input<string> | undefined;
}

/**
 * Login on another device (OpenID Connect Client-Initiated Backchannel Authentication 1.0). The server needs it for that
 * grant.
 *
 * @since 7.3
 */
export interface CibaArgs {
  /** How long the user has to answer, in seconds. 600 is sent where it is left out. Changes in place. */
  authReqExpiryTime?: pulumi.Input<number> | undefined;
  /** How the user is told, such as `email`, `sms` or `external`. The server's default is none. Changes in place. */
  notificationChannels?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Does not check that the user who answers is the one whom the request named. The server's default is false. Changes in place. */
  skipUserValidation?: pulumi.Input<boolean> | undefined;
  /** Also tells users whom the server does not know. It needs `skipUserValidation`. The server's default is false. Changes in place. */
  allowFederatedUsers?: pulumi.Input<boolean> | undefined;
}
