import type * as pulumi from "@pulumi/pulumi";

/** One way to pass a step of the login. Both members change in place. */
export interface AuthenticationOptionArgs {
  /** The name of the identity provider, or `LOCAL` for the server's own authenticators. */
  idp: pulumi.Input<string>;
  /** The technical name of the authenticator, such as `BasicAuthenticator`. */
  authenticator: pulumi.Input<string>;
}

/** A step of the login. Changes in place. */
export interface AuthenticationStepArgs {
  /** The ways to pass the step, at least one; the user chooses. The order means nothing. */
  options: pulumi.Input<pulumi.Input<AuthenticationOptionArgs>[]>;
}

/**
 * How users log in. All members change in place.
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 */
export interface AuthenticationSequenceArgs {
  /** `DEFAULT` for the tenant's own flow, `USER_DEFINED` for `steps`. The server's default is `DEFAULT`, and `USER_DEFINED` where steps are given. */
  type?: pulumi.Input<"DEFAULT" | "USER_DEFINED"> | undefined;
  /** The steps in their order, at least one. */
  steps?: pulumi.Input<pulumi.Input<AuthenticationStepArgs>[]> | undefined;
  /** Authenticators that take credentials out of the authorization request itself. The order means nothing. The server's default is none. */
  requestPathAuthenticators?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** A conditional authentication script, in JavaScript. The server's default is none. The bootstrap client needs the scope `internal_application_script_update` for it. */
  script?: pulumi.Input<string> | undefined;
  /** The step that tells who the user is, from 1 to the number of steps. The server's default is 1. */
  subjectStepId?: pulumi.Input<number> | undefined;
  /** The step that tells the user's attributes, from 1 to the number of steps. The server's default is 1. */
  attributeStepId?: pulumi.Input<number> | undefined;
}
