import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { path } from "../api/path";
import { type ControlArgs, controlArgs } from "../core/controls";
import type { Definition } from "../core/definition";
import { resource, secret } from "../core/resource";
import { argsOf } from "../core/schema";
import { type AdvancedConfigurationArgs, advancedConfigurationArgs } from "./application/advanced-configuration";
import { type AssociatedRolesArgs, associatedRolesArgs } from "./application/associated-roles";
import { type AuthenticationSequenceArgs, authenticationSequenceArgs } from "./application/authentication-sequence";
import { someText } from "./application/checks";
import { type ClaimConfigurationArgs, claimConfigurationArgs } from "./application/claim-configuration";
import { matchApplication } from "./application/directory";
import { hygiene } from "./application/hygiene";
import { type OidcArgs, oidcArgs } from "./application/oidc";
import { createApplication, deleteApplication, readApplication, updateApplication } from "./application/operations";
import { type SecretArgs, secretArgs, withSecretRules } from "./application/secret-args";
import { endOfOverlap, warnOfRotation } from "./application/secrets";
import { endingFailures } from "./bootstrap";

/**
 * What a program says of an application. What is left out is not managed: it keeps the value that it has on the server.
 * What is taken out of the program again goes back to the server's default.
 */
export interface ApplicationArgs extends SecretArgs, ControlArgs {
  /**
   * The name, unique in the tenant: letters, digits, `.`, `_`, `-` and single blanks between them, unless the server is
   * set otherwise. Changes in place: id and client id stay.
   */
  name: pulumi.Input<string>;
  /** What the application is for. The server's default is none. Changes in place. */
  description?: pulumi.Input<string>;
  /** The URL of its logo. The server's default is none. Changes in place. */
  imageUrl?: pulumi.Input<string>;
  /** Where users open the application; needed where it is discoverable. The server's default is none. Changes in place. */
  accessUrl?: pulumi.Input<string>;
  /**
   * Which page the console shows for it: `m2m-application`, `mobile-application`, `custom-application-oidc`, the UUID of a
   * template, and so on. It changes nothing else. The server's default is none. Changes in place.
   */
  templateId?: pulumi.Input<string>;
  /** Whether anybody can log in and get tokens. The server's default is true. Changes in place. WSO2 Identity Server 7.1 or later. */
  enabled?: pulumi.Input<boolean>;
  /** Which roles count for it. Changes in place. */
  associatedRoles?: pulumi.Input<AssociatedRolesArgs>;
  /** What it learns about a user. Changes in place. */
  claimConfiguration?: pulumi.Input<ClaimConfigurationArgs>;
  /** How users log in. Changes in place. */
  authenticationSequence?: pulumi.Input<AuthenticationSequenceArgs>;
  /** Settings beyond the protocol. Changes in place. */
  advancedConfiguration?: pulumi.Input<AdvancedConfigurationArgs>;
  /**
   * The application as an OAuth 2.0 and OpenID Connect client. Left out, it is an application without a protocol. Added
   * and taken out in place. Taken out, the client is deleted: its tokens end, and a client that comes back later has
   * another id and secret.
   */
  oidc?: pulumi.Input<OidcArgs>;
}

/** What the server decides about an application. The URLs follow from the tenant's base URL; none costs a request. */
export interface ApplicationOutputs {
  /** The OAuth 2.0 client id (RFC 6749 section 2.2). Undefined without `oidc`. */
  clientId: string | undefined;
  /** The OAuth 2.0 client secret (RFC 6749 section 2.3.1): encrypted in state. Undefined without `oidc`, and with `storeSecret: false`. */
  clientSecret: string | undefined;
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

export const application: Definition<ApplicationArgs, ApplicationOutputs> = {
  type: "Application",
  args: withSecretRules(
    argsOf<ApplicationArgs>()({
      name: someText,
      description: z.string().optional(),
      imageUrl: z.string().optional(),
      accessUrl: z.string().optional(),
      templateId: z.string().optional(),
      enabled: z.boolean().optional(),
      associatedRoles: associatedRolesArgs.optional(),
      claimConfiguration: claimConfigurationArgs.optional(),
      authenticationSequence: authenticationSequenceArgs.optional(),
      advancedConfiguration: advancedConfigurationArgs.optional(),
      oidc: oidcArgs.optional(),
      ...secretArgs,
      ...controlArgs,
    }),
  ),
  outputs: [
    "clientId",
    "clientSecret",
    "previousSecretId",
    "previousSecretSince",
    "issuer",
    "authorizationEndpoint",
    "tokenEndpoint",
    "endSessionEndpoint",
    "jwksUri",
    "discoveryUrl",
  ],
  replaceOn: ["oidc.clientId", "oidc.clientSecret"],
  secrets: ["clientSecret"],
  needs: {
    create: ["internal_application_mgt_create", "internal_application_mgt_view"],
    read: ["internal_application_mgt_view"],
    update: ["internal_application_mgt_update", "internal_application_mgt_view"],
    delete: ["internal_application_mgt_delete"],
    optionalView: ["internal_application_mgt_client_secret_view"],
    optionalWrite: ["internal_application_script_update"],
  },
  keys: ["name"],
  list: path`/api/server/v1/applications`,
  match: matchApplication,
  verify: endingFailures,
  advise: hygiene,
  warn: warnOfRotation,
  due: endOfOverlap,
  create: createApplication,
  read: readApplication,
  update: updateApplication,
  delete: deleteApplication,
};

/**
 * An application of the tenant: a web, single-page, mobile or machine-to-machine app that gets tokens from it. Its id is
 * the UUID that the server gives it.
 *
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 *
 * @scope internal_application_mgt_client_secret_view to create and update an application with a client secret, and to
 * read it, on servers that show a secret to nobody else: Asgardeo, and WSO2 Identity Server 7.2 or later; not needed with
 * `storeSecret: false`, unless `secretVersion` changes where the server has several secrets for an application.
 * @scope internal_application_mgt_client_secret_create to change `secretVersion`, on servers that know this scope: Asgardeo,
 * and WSO2 Identity Server 7.2 or later.
 * @scope internal_application_mgt_client_secret_delete to change `secretVersion`, and to end an old secret, where the server
 * has several secrets for an application.
 * @scope internal_application_mgt_create to update, where `secretVersion` changes on a server before WSO2 Identity Server 7.2.
 * @scope internal_application_script_update to write a conditional authentication script, where the server knows this scope.
 * @scope internal_application_mgt_delete to update, where `oidc` is taken out.
 * @example
 * // A single-page app: no secret, so PKCE.
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const shop = new asgardeo.Application("shop", {
 *   name: "Shop",
 *   accessUrl: "https://shop.example.com",
 *   oidc: {
 *     grantTypes: ["authorization_code", "refresh_token"],
 *     callbackUrls: ["https://shop.example.com/callback"],
 *     allowedOrigins: ["https://shop.example.com"],
 *     publicClient: true,
 *     pkce: { mandatory: true },
 *     accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 900 },
 *   },
 * });
 *
 * export const clientId = shop.clientId;
 */
export class Application extends resource(application) {
  constructor(name: string, args: ApplicationArgs, opts?: pulumi.CustomResourceOptions) {
    super(name, withSecret(args), opts);
  }
}

/** A client secret of the user's choice is encrypted in state, even where the program gives it as plain text. */
function withSecret(args: ApplicationArgs): ApplicationArgs {
  const oidc = args?.oidc;
  if (typeof oidc !== "object" || !("clientSecret" in oidc) || oidc.clientSecret === undefined) return args;
  return { ...args, oidc: { ...oidc, clientSecret: secret(oidc.clientSecret) } };
}
