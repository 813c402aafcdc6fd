import type * as pulumi from "@pulumi/pulumi";
import type { ControlArgs } from "../core/control-args";

/** What a program says of the authorization of an application to an API. */
export interface ApiAuthorizationArgs extends ControlArgs {
  /** The id of the application. Changing it replaces the authorization. */
  application: pulumi.Input<string>;
  /**
   * The id of the API, or its identifier: `/api/server/v1/applications` authorizes a management API of the tenant itself.
   * Changing it replaces the authorization.
   */
  api: pulumi.Input<string>;
  /** All scopes of the API that the application may get, by name; the order means nothing. Changes in place, for tokens issued from then on. */
  scopes: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * `RBAC` if tokens for a user carry only the scopes that the user's roles permit, `No Policy` if they carry all; for
   * `client_credentials` there is no difference. Management APIs accept `RBAC` only. The server's default is `RBAC`. Changing
   * it replaces the authorization.
   */
  policy?: pulumi.Input<"RBAC" | "No Policy"> | undefined;
}

/** What the server decides about an authorization. */
export interface ApiAuthorizationOutputs {
  /** The id of the API, also where `api` is its identifier. */
  apiId: string;
}
