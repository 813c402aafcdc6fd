import type * as pulumi from "@pulumi/pulumi";
import type { GrantType } from "./grant-types";
import type {
  CibaArgs,
  ClientAuthenticationArgs,
  HybridFlowArgs,
  LogoutArgs,
  PkceArgs,
  RequestObjectArgs,
  SubjectArgs,
} from "./oidc-security.args";
import type { AccessTokenArgs, IdTokenArgs, RefreshTokenArgs, SubjectTokenArgs } from "./oidc-tokens.args";

/**
 * The application as an OAuth 2.0 and OpenID Connect client. What is left out keeps the value that it has on the server.
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 */
export interface OidcArgs {
  /** How the application gets tokens (RFC 6749 section 1.3); at least one, the order means nothing. Changes in place. */
  grantTypes: pulumi.Input<pulumi.Input<GrantType>[]>;
  /**
   * Where the user may be sent back to, each compared as a whole (RFC 6749 section 3.1.2). Needed for `authorization_code`
   * and `implicit`. A single element that begins with `regexp=` is a Java regular expression of your own. All URLs together
   * are sent as one pattern, in which `.`, `?` and the like are escaped: the server keeps 2,048 characters of it, which are
   * about 30 usual URLs. The server's default is none. Changes in place.
   */
  callbackUrls?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Web origins from which scripts may call the server, each `scheme://host[:port]` (Fetch standard, CORS protocol). The server's default is none. Changes in place. */
  allowedOrigins?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Whether the application cannot keep a secret, as in a browser or on a phone (RFC 6749 section 2.1). The server's default is false. Changes in place. */
  publicClient?: pulumi.Input<boolean> | undefined;
  /** Proof Key for Code Exchange (RFC 7636). The server's default is off. Changes in place. */
  pkce?: pulumi.Input<PkceArgs> | undefined;
  /** The hybrid flow (OpenID Connect Core 1.0 section 3.3). The server's default is off. Changes in place. */
  hybridFlow?: pulumi.Input<HybridFlowArgs> | undefined;
  /** Access tokens. Changes in place, for tokens issued from then on. */
  accessToken?: pulumi.Input<AccessTokenArgs> | undefined;
  /** Refresh tokens. Changes in place, for tokens issued from then on. */
  refreshToken?: pulumi.Input<RefreshTokenArgs> | undefined;
  /** Subject tokens for impersonation (RFC 8693). Changes in place. */
  subjectToken?: pulumi.Input<SubjectTokenArgs> | undefined;
  /** ID tokens. Changes in place, for tokens issued from then on. */
  idToken?: pulumi.Input<IdTokenArgs> | undefined;
  /** Where the server tells that a session has ended. Changes in place. */
  logout?: pulumi.Input<LogoutArgs> | undefined;
  /** Accepts only request objects with a valid signature (RFC 9101 section 6.2). The server's default is false. Changes in place. */
  validateRequestObjectSignature?: pulumi.Input<boolean> | undefined;
  /** Further checks of requested scopes: `Role based scope validator`, `XACML Scope Validator`. The server's default is none. Changes in place. */
  scopeValidators?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** How the application proves who it is. Changes in place. */
  clientAuthentication?: pulumi.Input<ClientAuthenticationArgs> | undefined;
  /** Authorization requests that are JSON Web Tokens (RFC 9101). Changes in place. */
  requestObject?: pulumi.Input<RequestObjectArgs> | undefined;
  /** Accepts only authorization requests that were pushed before (RFC 9126 section 6). The server's default is false. Changes in place. */
  requirePushedAuthorizationRequests?: pulumi.Input<boolean> | undefined;
  /** How a user is named towards the application. Changes in place. */
  subject?: pulumi.Input<SubjectArgs> | undefined;
  /** Makes the server enforce the profile of the Financial-grade API (FAPI 1.0 Part 2). The server's default is false. Changes in place. */
  fapiApplication?: pulumi.Input<boolean> | undefined;
  /**
   * Which profile that is: `FAPI1_ADVANCED` (FAPI 1.0 Part 2) or `FAPI2_SECURITY` (FAPI 2.0 Security Profile). It needs
   * `fapiApplication`. The server's default is `FAPI1_ADVANCED`. Changes in place.
   *
   * @since after 7.3
   */
  fapiProfile?: pulumi.Input<"FAPI1_ADVANCED" | "FAPI2_SECURITY"> | undefined;
  /** Login on another device (OpenID Connect CIBA 1.0). Changes in place. */
  ciba?: pulumi.Input<CibaArgs> | undefined;
  /** A client id of your choice instead of a generated one; unique on the server. The server's default is a generated one. Changing it replaces the application. */
  clientId?: pulumi.Input<string> | undefined;
  /** A client secret of your choice, only together with `clientId`. Keep it in a Pulumi secret. The server's default is a generated one. Changing it replaces the application. */
  clientSecret?: pulumi.Input<string> | undefined;
}
