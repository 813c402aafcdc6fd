import type * as pulumi from "@pulumi/pulumi";

/** A claim of the application's own and the local claim behind it. Both members change in place. */
export interface ClaimMappingArgs {
  /** The name of the claim as the application gets it. At most one entry for each. */
  applicationClaim: pulumi.Input<string>;
  /** The URI of the local claim, such as `http://wso2.org/claims/emailaddress`. */
  localClaim: pulumi.Input<string>;
}

/** A claim that the application gets. Both members change in place. */
export interface RequestedClaimArgs {
  /** The URI of the local claim; with `CUSTOM` the application's own name, which must be among the claim mappings. At most one entry for each. */
  claim: pulumi.Input<string>;
  /** Whether users without a value are asked for it at login. The server's default is false. */
  mandatory?: pulumi.Input<boolean> | undefined;
}

/** The claim that identifies the user towards the application. All members change in place. */
export interface SubjectClaimArgs {
  /** The URI of the claim. The server's default is the user id, on older servers the user name. */
  claim?: pulumi.Input<string> | undefined;
  /** Puts the domain of the user store before the identifier. The server's default is false. */
  includeUserDomain?: pulumi.Input<boolean> | undefined;
  /** Puts the name of the tenant after the identifier. The server's default is false. */
  includeTenantDomain?: pulumi.Input<boolean> | undefined;
  /** Takes the identifier of the linked local account of a federated user. The server's default is false. */
  useMappedLocalSubject?: pulumi.Input<boolean> | undefined;
  /** Refuses federated users without a linked local account; it needs `useMappedLocalSubject`. The server's default is false. */
  mappedLocalSubjectMandatory?: pulumi.Input<boolean> | undefined;
}

/** A role of the tenant under the name that the application knows. Both members change in place. */
export interface RoleMappingArgs {
  /** The name of the role in the tenant, not of a group. At most one entry for each. */
  localRole: pulumi.Input<string>;
  /** The name that the application gets. */
  applicationRole: pulumi.Input<string>;
}

/** The claim that carries the user's roles. All members change in place. */
export interface RoleClaimArgs {
  /** The URI of the claim. The server's default is the local claim of roles. */
  claim?: pulumi.Input<string> | undefined;
  /** Puts the domain of the user store before the name of a role. The server's default is true. */
  includeUserDomain?: pulumi.Input<boolean> | undefined;
  /** Other names for roles. The order means nothing. The server's default is none. */
  mappings?: pulumi.Input<pulumi.Input<RoleMappingArgs>[]> | undefined;
}

/**
 * What the application learns about a user. What is left out keeps the value that it has on the server; all members
 * change in place. API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 */
export interface ClaimConfigurationArgs {
  /**
   * `LOCAL` for the claims of the server, `CUSTOM` for names of the application's own. The server's default is `LOCAL`. Left
   * out, it becomes `LOCAL` where `requestedClaims` has a claim that is none of the application's own names.
   */
  dialect?: pulumi.Input<"LOCAL" | "CUSTOM"> | undefined;
  /** The application's own names, for `CUSTOM`. The order means nothing. The server's default is none. */
  claimMappings?: pulumi.Input<pulumi.Input<ClaimMappingArgs>[]> | undefined;
  /** The claims that the application gets, as far as its scopes allow. The order means nothing. The server's default is none. */
  requestedClaims?: pulumi.Input<pulumi.Input<RequestedClaimArgs>[]> | undefined;
  /** The claim that identifies the user. */
  subject?: pulumi.Input<SubjectClaimArgs> | undefined;
  /** The claim that carries the roles. */
  role?: pulumi.Input<RoleClaimArgs> | undefined;
}
