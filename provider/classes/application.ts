import { application } from "../resources/application";
import type { ApplicationArgs, ApplicationOutputs } from "../resources/application.args";
import { resource } from "./resource";

/**
 * An application of the tenant: a web, single-page, mobile or machine-to-machine app that gets tokens from it. Its id is
 * the UUID that the server gives it.
 *
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 *
 * @task Register a machine-to-machine client: `oidc.grantTypes` with `client_credentials`, and an `ApiAuthorization` for each
 * API that it calls.
 * @task Register a web app: `oidc.grantTypes` with `authorization_code`, and `oidc.callbackUrls`.
 * @task Register a single-page or a mobile app: as a web app, with `oidc.publicClient`, `oidc.pkce` and, for a single-page app,
 * `oidc.allowedOrigins`.
 * @task Say how long tokens live and what they look like: `oidc.accessToken`, `oidc.refreshToken`, `oidc.idToken`.
 * @task Say how users log in, in one step or in several: `authenticationSequence`.
 * @task Hand attributes and roles of users on: `claimConfiguration`, `associatedRoles`.
 * @task Say what its users may do: a `Role` for each kind of users, with `associatedRoles` of the audience `APPLICATION`.
 * @task Let users of business customers sign in to it: an `ApplicationShare`.
 * @task Be told when the session of a user has ended: `oidc.logout`.
 * @task Show it in the users' portal, or skip the pages that ask for consent: `advancedConfiguration`.
 * @task Switch it off without losing anything: `enabled`.
 * @task Change the client secret: `secretVersion`, `secretOverlapDays`; see docs/secrets.md.
 * @task Keep the client secret out of state: `storeSecret`; see docs/secrets.md.
 * @task Take over one that was made in the console: `adopt`.
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
export class Application extends resource<ApplicationArgs, ApplicationOutputs>(application) {}
