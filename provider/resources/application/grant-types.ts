/** The ways to get a token that the server brings. */
export const grantTypes = [
  "authorization_code",
  "implicit",
  "password",
  "client_credentials",
  "refresh_token",
  "urn:ietf:params:oauth:grant-type:saml2-bearer",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:openid:params:grant-type:ciba",
  "iwa:ntlm",
  "organization_switch",
  "account_switch",
] as const;

/**
 * A way to get a token: one that the server brings, or an extension grant, which is an absolute URI (RFC 6749 section 4.5).
 * Asgardeo offers a subset; `iwa:ntlm` and `account_switch` are known to WSO2 Identity Server only.
 */
export type GrantType = (typeof grantTypes)[number] | `urn:${string}`;
