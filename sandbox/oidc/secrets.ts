import { randomUUID } from "node:crypto";
import type { Oidc, Secret } from "../models/oidc";
import { applicationError } from "../refusal";
import { marked } from "../secret-mark";
import { generated } from "./record";

/** How many secrets that have not ended an application may have: what the server is set to as it is delivered. */
const LIMIT = 2;

/** All client secrets, the newest first. */
export function secretsOf(oidc: Oidc): readonly [Secret, ...Secret[]] {
  const { clientId, clientSecret, clientSecretExpiresAt = 0, secretId, secretCreatedAt = 0, olderSecrets } = oidc;
  const newest = {
    id: secretId ?? clientId,
    value: clientSecret,
    expiresAt: clientSecretExpiresAt,
    createdAt: secretCreatedAt,
  };
  return [newest, ...(olderSecrets ?? [])];
}

/** Whether a client with this secret is who it says. `now` is in milliseconds, as below. */
export function authenticates(oidc: Oidc, secret: string, now: number): boolean {
  return secretsOf(oidc).some((each) => each.value === secret && isActive(each, now));
}

function isActive({ expiresAt }: Secret, now: number): boolean {
  return expiresAt === 0 || expiresAt * 1000 > now;
}

/** The members of a configuration that are about its newest secret. */
export function newSecret(expiresAt: number, now: number) {
  return {
    clientSecret: marked(generated(24)),
    clientSecretExpiresAt: expiresAt,
    secretId: randomUUID(),
    secretCreatedAt: Math.floor(now / 1000),
  };
}

/** The configuration with one more secret. */
export function withSecret(oidc: Oidc, expiresAt: number, now: number): Oidc {
  const secrets = secretsOf(oidc);
  if (secrets.filter((secret) => isActive(secret, now)).length >= LIMIT) {
    throw applicationError(
      "OAUTH-60011",
      `Maximum number of client secrets reached: ${LIMIT}.`,
      "Error creating client secret.",
    );
  }
  return { ...oidc, ...newSecret(expiresAt, now), olderSecrets: [...secrets] };
}

/** The configuration without a secret. */
export function withoutSecret(oidc: Oidc, id: string): Oidc {
  refuseUnknownSecret(oidc, id);
  if (id === secretsOf(oidc)[0].id) {
    throw applicationError(
      "OAUTH-60006",
      `The client secret ${id} cannot be deleted as it is the latest secret.`,
      "Error deleting client secret.",
    );
  }
  return { ...oidc, olderSecrets: oidc.olderSecrets?.filter((secret) => secret.id !== id) };
}

function refuseUnknownSecret(oidc: Oidc, id: string): void {
  if (secretsOf(oidc).some((secret) => secret.id === id)) return;
  throw applicationError(
    "OAUTH-60010",
    `The client secret ${id} does not exist for this application.`,
    "Client secret not found.",
  );
}

/** The answer of GET …/secrets/{id}. */
export function secretAnswer(oidc: Oidc, id: string, now: number) {
  refuseUnknownSecret(oidc, id);
  return secretsAnswer(oidc, now).list.find(({ secretId }) => secretId === id);
}

/** The answer of GET …/secrets. */
export function secretsAnswer(oidc: Oidc, now: number) {
  const list = secretsOf(oidc).map((secret, i) => ({
    secretId: secret.id,
    secretValue: secret.value,
    expiresAt: secret.expiresAt,
    createdAt: secret.createdAt,
    status: isActive(secret, now) ? "ACTIVE" : "EXPIRED",
    latest: i === 0,
  }));
  return { count: list.length, list };
}

export function refuseBadExpiry(expiresAt = 0, now: number): void {
  const problem =
    expiresAt < 0 ? "is invalid" : expiresAt > 0 && expiresAt * 1000 <= now ? "is in the past" : undefined;
  if (problem === undefined) return;
  throw applicationError("OAUTH-60001", `The client secret expiry time ${expiresAt} ${problem}.`);
}

/** The end of a secret is fixed when it is made. */
export function refuseChangedExpiry(expiresAt: number | undefined, { clientSecretExpiresAt = 0 }: Oidc): void {
  if (expiresAt === undefined || expiresAt === clientSecretExpiresAt) return;
  throw applicationError("APP-60001", "The client secret expiry time cannot be modified with the application update.");
}
