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
   * about 30 usual URLs. Changes in place.
   */
  callbackUrls?: pulumi.Input<pulumi.Input<string>[]>;
  /** Web origins from which scripts may call the server, each `scheme://host[:port]` (Fetch standard, CORS protocol). The server's default is none. Changes in place. */
  allowedOrigins?: pulumi.Input<pulumi.Input<string>[]>;
  /** Whether the application cannot keep a secret, as in a browser or on a phone (RFC 6749 section 2.1). The server's default is false. Changes in place. */
  publicClient?: pulumi.Input<boolean>;
  /** Proof Key for Code Exchange (RFC 7636). The server's default is off. Changes in place. */
  pkce?: pulumi.Input<PkceArgs>;
  /** The hybrid flow (OpenID Connect Core 1.0 section 3.3). The server's default is off. Changes in place. WSO2 Identity Server 7.1 or later. */
  hybridFlow?: pulumi.Input<HybridFlowArgs>;
  /** Access tokens. Changes in place, for tokens issued from then on. */
  accessToken?: pulumi.Input<AccessTokenArgs>;
  /** Refresh tokens. Changes in place, for tokens issued from then on. */
  refreshToken?: pulumi.Input<RefreshTokenArgs>;
  /** Subject tokens for impersonation (RFC 8693). Changes in place. WSO2 Identity Server 7.1 or later. */
  subjectToken?: pulumi.Input<SubjectTokenArgs>;
  /** ID tokens. Changes in place, for tokens issued from then on. */
  idToken?: pulumi.Input<IdTokenArgs>;
  /** Where the server tells that a session has ended. Changes in place. */
  logout?: pulumi.Input<LogoutArgs>;
  /** Accepts only request objects with a valid signature (RFC 9101 section 6.2). The server's default is false. Changes in place. */
  validateRequestObjectSignature?: pulumi.Input<boolean>;
  /** Further checks of requested scopes: `Role based scope validator`, `XACML Scope Validator`. The server's default is none. Changes in place. */
  scopeValidators?: pulumi.Input<pulumi.Input<string>[]>;
  /** How the application proves who it is. Changes in place. */
  clientAuthentication?: pulumi.Input<ClientAuthenticationArgs>;
  /** Authorization requests that are JSON Web Tokens (RFC 9101). Changes in place. */
  requestObject?: pulumi.Input<RequestObjectArgs>;
  /** Accepts only authorization requests that were pushed before (RFC 9126 section 6). The server's default is false. Changes in place. */
  requirePushedAuthorizationRequests?: pulumi.Input<boolean>;
  /** How a user is named towards the application. Changes in place. */
  subject?: pulumi.Input<SubjectArgs>;
  /** Makes the server enforce the profile of the Financial-grade API (FAPI 1.0 Part 2). The server's default is false. Changes in place. */
  fapiApplication?: pulumi.Input<boolean>;
  /** Which profile that is: `FAPI1_ADVANCED` (FAPI 1.0 Part 2) or `FAPI2_SECURITY` (FAPI 2.0 Security Profile). It needs `fapiApplication`. The server's default is `FAPI1_ADVANCED`. Changes in place. Asgardeo, and WSO2 Identity Server after 7.3. */
  fapiProfile?: pulumi.Input<"FAPI1_ADVANCED" | "FAPI2_SECURITY">;
  /** Login on another device (OpenID Connect CIBA 1.0). Changes in place. WSO2 Identity Server 7.3 or later. */
  ciba?: pulumi.Input<CibaArgs>;
  /** A client id of your choice instead of a generated one; unique on the server. Changing it replaces the application. */
  clientId?: pulumi.Input<string>;
  /** A client secret of your choice, only together with `clientId`. Keep it in a Pulumi secret. Changing it replaces the application. */
  clientSecret?: pulumi.Input<string>;
}
