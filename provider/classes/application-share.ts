import { applicationShare } from "../resources/application-share";
import type { ApplicationShareArgs } from "../resources/application-share.args";
import { resource } from "./resource";

/**
 * With which organizations an application is shared, so that their users can sign in to it: each of them gets a copy of the
 * application. There is one for an application, and its id is the application's.
 *
 * It says all of it: an organization that gets the application elsewhere, such as in the console, is drift. Where it is shared
 * with somebody before the program declares it, the preview fails, and with `adopt: true` it says who loses it. Who loses an
 * application also loses its copy, with what the users of the organization have by its roles. With `allOrganizations`, a single
 * organization that lacks it is no drift.
 *
 * The server works on it behind its answers. A run waits until all of it is done, with a line every ten seconds, and tells of
 * each organization that could not get it why, in the server's words; the next run tries again.
 *
 * Sharing changes the application itself: the sign-in of organizations (`SSO`) comes into the first step of its login flow, and
 * `useMappedLocalSubject` is true. Neither is drift of the `Application`, and its changes leave both alone. What of it stays when
 * the share ends is drift, and put right by the next run.
 *
 * WSO2 Identity Server 7.0 and 7.1 share all roles only, and without `withChildren`. They do not tell whether an application is
 * shared with all organizations.
 *
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 *
 * @task Share an application with all organizations, those that come among them: `allOrganizations`.
 * @task Share it with some: `organizations`.
 * @task Share it with one and all below that one: `organizations`, each with `withChildren`.
 * @task Say which roles they get: `roleSharing`.
 * @task Take over what was shared in the console: `adopt`.
 * @scope internal_application_mgt_update to delete, where the program declares the login flow `DEFAULT` for the application: its end
 * leaves a copy of that flow.
 * @scope internal_shared_application_view to read and to write, where the server knows this scope.
 * @scope internal_shared_application_create to create and to update, where the server knows this scope.
 * @scope internal_shared_application_delete to update, where somebody loses the application, and to delete, where the server
 * knows this scope.
 * @scope internal_application_mgt_create to create and to update, on WSO2 Identity Server 7.0 and 7.1.
 * @scope internal_application_mgt_delete to update, where somebody loses the application, and to delete, on WSO2 Identity
 * Server 7.0 and 7.1.
 * @scope internal_organization_view to look ahead, where the program does not declare an organization itself, and with
 * `allOrganizations` to see that all of them have it.
 * @scope internal_async_operation_status_view to tell why an organization could not get it. Without it, it is not told.
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const clinic = new asgardeo.Organization("clinic", { name: "Village Clinic" });
 * const booking = new asgardeo.Application("booking", {
 *   name: "Booking",
 *   oidc: { grantTypes: ["authorization_code"], callbackUrls: ["https://booking.example.com/callback"] },
 * });
 *
 * new asgardeo.ApplicationShare("booking-customers", {
 *   application: booking.id,
 *   organizations: [{ organization: clinic.id, roleSharing: { mode: "ALL" } }],
 * });
 */
export class ApplicationShare extends resource<ApplicationShareArgs, object>(applicationShare) {}
