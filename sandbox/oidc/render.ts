import type { Oidc } from "../models/oidc";
import { knows, type Server, withoutLacking } from "../versions";

/** The answer of GET …/inbound-protocols/oidc. Newer servers show the secret only to a token that may see it. */
export function oidcAnswer({ clientSecret, ...oidc }: Oidc, server: Server, showSecret: boolean): unknown {
  const newest = knows(server, "asgardeo") ? { clientSecretExpiresAt: 0, multipleClientSecretsConfigured: false } : {};
  return withoutLacking("oidc", { ...oidc, clientSecret: showSecret ? clientSecret : undefined, ...newest }, server);
}
