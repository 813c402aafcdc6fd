/** How the server calls what a login flow may ask for. */
interface Authenticator {
  readonly displayName: string;
  readonly i18nKey: string;
}

const known: Readonly<Record<string, Authenticator>> = {
  BasicAuthenticator: { displayName: "Username & Password", i18nKey: "authenticator.basic" },
  IdentifierExecutor: { displayName: "Identifier First", i18nKey: "authenticator.identifier" },
  FIDOAuthenticator: { displayName: "Passkey", i18nKey: "authenticator.fido" },
  MagicLinkAuthenticator: { displayName: "Magic Link", i18nKey: "authenticator.magic.link" },
  "email-otp-authenticator": { displayName: "Email OTP", i18nKey: "authenticator.email.otp" },
  "sms-otp-authenticator": { displayName: "SMS OTP", i18nKey: "authenticator.sms.otp" },
  totp: { displayName: "TOTP", i18nKey: "authenticator.totp" },
  "backup-code-authenticator": { displayName: "Backup Code", i18nKey: "authenticator.backup.code" },
  OrganizationAuthenticator: { displayName: "SSO", i18nKey: "authenticator.organization" },
};

/** The name of an authenticator; one of an identity provider is called like that provider. */
export function authenticatorOf(name: string, idp: string): Authenticator {
  return known[name] ?? { displayName: idp === "LOCAL" ? name : idp, i18nKey: `authenticator.${name}` };
}
