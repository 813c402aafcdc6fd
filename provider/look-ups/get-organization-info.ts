import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { path } from "../api/path";
import { endpoints } from "../resources/application/outputs";
import { asked, askedLater, type LookUp } from "./look-up";
import type { LookUpOptions, LookUpOutputOptions } from "./options";

/** The tenant, and where its OAuth 2.0 and OpenID Connect endpoints are, as its discovery document says. */
export interface GetOrganizationInfoResult {
  /**
   * The name of the tenant, also with a provider for an organization below it. Undefined for the first tenant of WSO2 Identity
   * Server where no setting names it.
   */
  readonly name: string | undefined;
  /**
   * The tenant's base URL: what stands before `/api/server/v1`, `/scim2` and `/oauth2`. With a provider for an organization below
   * it, what stands before that organization's `/oauth2`.
   */
  readonly baseUrl: string;
  /** The document that the URLs below are read from (OpenID Connect Discovery 1.0 section 4). */
  readonly discoveryUrl: string;
  /** The issuer of the tenant's tokens (OpenID Connect Discovery 1.0 section 3). */
  readonly issuer: string;
  /** Where users are sent to log in (RFC 6749 section 3.1). */
  readonly authorizationEndpoint: string;
  /** Where applications get tokens (RFC 6749 section 3.2). */
  readonly tokenEndpoint: string;
  /** The public keys of the tenant's tokens (RFC 7517 section 5). */
  readonly jwksUri: string;
  /** Where claims about a user are read (OpenID Connect Core 1.0 section 5.3). */
  readonly userinfoEndpoint: string | undefined;
  /** Where users are sent to log out (OpenID Connect RP-Initiated Logout 1.0 section 2). */
  readonly endSessionEndpoint: string | undefined;
  /** Where an API asks whether a token is good (RFC 7662). */
  readonly introspectionEndpoint: string | undefined;
  /** Where an application gives a token back (RFC 7009). */
  readonly revocationEndpoint: string | undefined;
  /** Where a device starts to log a user in (RFC 8628 section 3.1). */
  readonly deviceAuthorizationEndpoint: string | undefined;
  /** Where authorization requests are pushed to (RFC 9126). */
  readonly pushedAuthorizationRequestEndpoint: string | undefined;
  /** Where applications register themselves (RFC 7591). */
  readonly registrationEndpoint: string | undefined;
}

/**
 * Reads what the tenant publishes about itself: a public document, for which no token is needed and none is sent. The
 * answer of one run is shared.
 *
 * Fails where the document cannot be had, and where a setting is missing.
 *
 * In a unit test with `pulumi.runtime.setMocks` nothing is sent: the question is a call of the mocks, with the token
 * `asgardeo:index:getOrganizationInfo` and no args, and their answer is that of the look-up.
 *
 * API: https://wso2.com/asgardeo/docs/guides/authentication/oidc/discover-oidc-configs/
 *
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * export const issuer = asgardeo.getOrganizationInfoOutput().issuer;
 */
export function getOrganizationInfo(opts?: LookUpOptions): Promise<GetOrganizationInfoResult> {
  return asked(look, {}, opts);
}

/** The same as {@link getOrganizationInfo}, for a provider with settings that are not known yet: it answers an output. */
export function getOrganizationInfoOutput(opts?: LookUpOutputOptions): pulumi.Output<GetOrganizationInfoResult> {
  return askedLater(look, {}, opts);
}

const url = z.string().nullish();

/** The members that OpenID Connect Discovery 1.0 section 3 requires, and some that it does not. */
const document = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: url,
  end_session_endpoint: url,
  introspection_endpoint: url,
  revocation_endpoint: url,
  device_authorization_endpoint: url,
  pushed_authorization_request_endpoint: url,
  registration_endpoint: url,
});

const look: LookUp<object, GetOrganizationInfoResult> = {
  name: "getOrganizationInfo",
  question: () => ({}),
  read: async ({ api, settings }) => {
    const found = await api.getPublic(path`/oauth2/token/.well-known/openid-configuration`, document);
    return {
      name: settings.organization,
      baseUrl: api.base,
      discoveryUrl: endpoints(api.base).discoveryUrl,
      issuer: found.issuer,
      authorizationEndpoint: found.authorization_endpoint,
      tokenEndpoint: found.token_endpoint,
      jwksUri: found.jwks_uri,
      userinfoEndpoint: found.userinfo_endpoint ?? undefined,
      endSessionEndpoint: found.end_session_endpoint ?? undefined,
      introspectionEndpoint: found.introspection_endpoint ?? undefined,
      revocationEndpoint: found.revocation_endpoint ?? undefined,
      deviceAuthorizationEndpoint: found.device_authorization_endpoint ?? undefined,
      pushedAuthorizationRequestEndpoint: found.pushed_authorization_request_endpoint ?? undefined,
      registrationEndpoint: found.registration_endpoint ?? undefined,
    };
  },
};
