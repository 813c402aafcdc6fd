import type { Oidc } from "../models/oidc";
import { knows, type Server, withoutLacking } from "../versions";

/** The answer of GET …/inbound-protocols/oidc. Newer servers show the secret only to a token that may see it. */
export function oidcAnswer(stored: Oidc, server: Server, showSecret: boolean): unknown {
  const { clientSecret, clientSecretExpiresAt = 0, secretId: _, secretCreatedAt: __, olderSecrets, ...oidc } = stored;
  const ofSecret = {
    clientSecret,
    ...(knows(server, "clientSecrets") && {
      clientSecretExpiresAt,
      multipleClientSecretsConfigured: (olderSecrets ?? []).length > 0,
    }),
  };
  return withoutLacking("oidc", { ...oidc, ...(showSecret && ofSecret) }, server);
}
