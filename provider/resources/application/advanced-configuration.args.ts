import type * as pulumi from "@pulumi/pulumi";

/** A group whose members see the application. Both members change in place. */
export interface UserGroupArgs {
  /** The id of the group. */
  id: pulumi.Input<string>;
  /** Its name, for readers of the program: the server goes by the id, also where it is left out. */
  name?: pulumi.Input<string> | undefined;
}

/** Groups of one user store. Both members change in place. */
export interface DiscoverableGroupArgs {
  /** The domain of the user store, such as `PRIMARY` (`DEFAULT` on Asgardeo). At most one entry for each. */
  userStore: pulumi.Input<string>;
  /** The groups, at least one. */
  groups: pulumi.Input<pulumi.Input<UserGroupArgs>[]>;
}

/** The public key of the application, to check what it signs and to encrypt for it. Both members change in place. */
export interface CertificateArgs {
  /** `PEM` for a certificate, `JWKS` for the URL of a key set (RFC 7517 section 5). */
  type: pulumi.Input<"PEM" | "JWKS">;
  /** The certificate in PEM format, or the URL. */
  value: pulumi.Input<string>;
}

/** Proof that a mobile application is genuine, needed before it uses the native login API. All members change in place. */
export interface AttestationArgs {
  /** Whether the proof is asked for. The server's default is false. */
  enableClientAttestation?: pulumi.Input<boolean> | undefined;
  /** The package name on Android. The server's default is none. Credentials for Google's Play Integrity service are not managed here, and kept. */
  androidPackageName?: pulumi.Input<string> | undefined;
  /** The id on Apple's platforms: team id, a dot, bundle id. The server's default is none. */
  appleAppId?: pulumi.Input<string> | undefined;
}

/**
 * A mobile application that may use passkeys of this tenant. All members change in place.
 *
 * @since 7.1
 */
export interface TrustedAppArgs {
  /** Whether the application is trusted for FIDO. The server's default is false. */
  fidoTrustedApp?: pulumi.Input<boolean> | undefined;
  /** Your consent that the identifiers are published, which some servers ask for. The server's default is false. */
  consentGranted?: pulumi.Input<boolean> | undefined;
  /** The package name on Android. The server's default is none. */
  androidPackageName?: pulumi.Input<string> | undefined;
  /** SHA-256 fingerprints of the certificates that sign the Android package; at most 20 unless the server is set otherwise. The server's default is none. */
  androidThumbprints?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The id on Apple's platforms: team id, a dot, bundle id. The server's default is none. */
  appleAppId?: pulumi.Input<string> | undefined;
}

/**
 * Settings beyond the protocol. What is left out keeps the value that it has on the server; all members change in place.
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 */
export interface AdvancedConfigurationArgs {
  /** Whether users of other tenants may log in. The server's default is false. */
  saas?: pulumi.Input<boolean> | undefined;
  /** Shows the application in the users' portal; it needs `accessUrl` of the application. The server's default is false. */
  discoverableByEndUsers?: pulumi.Input<boolean> | undefined;
  /**
   * Shows it to the members of these groups only. The server's default is to all.
   *
   * @since 7.2
   */
  discoverableGroups?: pulumi.Input<pulumi.Input<DiscoverableGroupArgs>[]> | undefined;
  /** The public key of the application. The server's default is none. */
  certificate?: pulumi.Input<CertificateArgs> | undefined;
  /** Does not ask users to consent at login. The server's default is false. */
  skipLoginConsent?: pulumi.Input<boolean> | undefined;
  /** Does not ask users to confirm at logout. The server's default is false. */
  skipLogoutConsent?: pulumi.Input<boolean> | undefined;
  /** Asks for consent on a page of your own; not for SAML applications. The server's default is false. */
  useExternalConsentPage?: pulumi.Input<boolean> | undefined;
  /** Tells the application which identity providers authenticated the user. The server's default is false. */
  returnAuthenticatedIdpList?: pulumi.Input<boolean> | undefined;
  /** Applies authorization policies at login. The server's default is false. */
  enableAuthorization?: pulumi.Input<boolean> | undefined;
  /** Lets the application show its own login pages, with the native login API. The server's default is false. */
  enableApiBasedAuthentication?: pulumi.Input<boolean> | undefined;
  /** Proof that a mobile application is genuine. The server's default is off. */
  attestation?: pulumi.Input<AttestationArgs> | undefined;
  /** A mobile application that may use passkeys. The server's default is none. */
  trustedApp?: pulumi.Input<TrustedAppArgs> | undefined;
}
