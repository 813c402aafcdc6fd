import type * as pulumi from "@pulumi/pulumi";
import type { ControlArgs } from "../core/control-args";
import type { AdvancedConfigurationArgs } from "./application/advanced-configuration.args";
import type { AssociatedRolesArgs } from "./application/associated-roles.args";
import type { AuthenticationSequenceArgs } from "./application/authentication-sequence.args";
import type { ClaimConfigurationArgs } from "./application/claim-configuration.args";
import type { OidcArgs } from "./application/oidc.args";
import type { SecretArgs } from "./application/secret.args";

/**
 * What a program says of an application. What is left out is not managed: it keeps the value that it has on the server.
 * What is taken out of the program again goes back to the server's default, unless its comment says otherwise.
 */
export interface ApplicationArgs extends SecretArgs, ControlArgs {
  /**
   * The name, unique in the tenant: at most 255 letters, digits, `.`, `_`, `-` and single blanks between them, unless the
   * server is set otherwise (WSO2 Identity Server only). Changes in place: id and client id stay.
   */
  name: pulumi.Input<string>;
  /** What the application is for, in at most 1,024 characters. The server's default is none. Changes in place. */
  description?: pulumi.Input<string> | undefined;
  /** The URL of its logo, or the logo as a `data:image/` URL; at most 1,024 characters without blanks. The server's default is none. Changes in place. */
  imageUrl?: pulumi.Input<string> | undefined;
  /**
   * The URL at which users open the application, in at most 1,024 characters without blanks; needed where it is
   * discoverable. The server's default is none. Changes in place.
   */
  accessUrl?: pulumi.Input<string> | undefined;
  /**
   * Which page the console shows for it: `m2m-application`, `mobile-application`, `custom-application-oidc`, the UUID of a
   * template, and so on. It changes nothing else. The server's default is none. Changes in place.
   */
  templateId?: pulumi.Input<string> | undefined;
  /**
   * Whether anybody can log in and get tokens. The server's default is true. Changes in place.
   *
   * @since 7.1
   */
  enabled?: pulumi.Input<boolean> | undefined;
  /** Which roles count for it. Changes in place. Taken out of the program, it stays as it is. */
  associatedRoles?: pulumi.Input<AssociatedRolesArgs> | undefined;
  /** What it learns about a user. Changes in place. */
  claimConfiguration?: pulumi.Input<ClaimConfigurationArgs> | undefined;
  /** How users log in. Changes in place. */
  authenticationSequence?: pulumi.Input<AuthenticationSequenceArgs> | undefined;
  /** Settings beyond the protocol. Changes in place. */
  advancedConfiguration?: pulumi.Input<AdvancedConfigurationArgs> | undefined;
  /**
   * The application as an OAuth 2.0 and OpenID Connect client. Left out, it is an application without a protocol. Added
   * and taken out in place. Taken out, the client is deleted: its tokens end, and a client that comes back later has
   * another id and secret.
   */
  oidc?: pulumi.Input<OidcArgs> | undefined;
}

/** What the server decides about an application. The URLs follow from the tenant's base URL; none costs a request. */
export interface ApplicationOutputs {
  /**
   * The OAuth 2.0 client id (RFC 6749 section 2.2). Without `oidc` there is no client: then the value is undefined, although
   * the type, which is made for handing it on, does not say so.
   */
  clientId: string;
  /**
   * The OAuth 2.0 client secret (RFC 6749 section 2.3.1): encrypted in state, and in that of every resource that it is
   * handed on to. Without `oidc`, for a public client, and with `storeSecret: false` there is none to hand on: then the
   * value is undefined, although the type does not say so.
   */
  clientSecret: string;
  /** The id of the old client secret that is still valid after a change of `secretVersion`. Undefined where there is none. */
  previousSecretId: string | undefined;
  /** When that secret became the old one, as an ISO 8601 time in UTC. `secretOverlapDays` counts from then on. */
  previousSecretSince: string | undefined;
  /** The issuer of the tenant's tokens (OpenID Connect Discovery 1.0 section 3), unless WSO2 Identity Server is set to another one. */
  issuer: string;
  /** Where users are sent to log in (RFC 6749 section 3.1). */
  authorizationEndpoint: string;
  /** Where the application gets tokens (RFC 6749 section 3.2). */
  tokenEndpoint: string;
  /** Where users are sent to log out (OpenID Connect RP-Initiated Logout 1.0 section 2). */
  endSessionEndpoint: string;
  /** The public keys of the tenant's tokens (RFC 7517 section 5). */
  jwksUri: string;
  /** The document with all of these (OpenID Connect Discovery 1.0 section 4). */
  discoveryUrl: string;
}
