import { z } from "zod";
import type { Api } from "../../api/api";
import { idText } from "../../api/ids";
import { path } from "../../api/path";
import { ApiError, hasCode, isAmbiguous, isNotFound } from "../../errors";

/** A secret as `GET …/inbound-protocols/oidc/secrets` lists it. */
const secretWire = z.looseObject({
  secretId: idText,
  secretValue: z.string().nullish(),
  createdAt: z.number().nullish(),
  latest: z.boolean(),
});

export type SecretWire = z.infer<typeof secretWire>;

const secretList = z.looseObject({ list: z.array(secretWire).nullish() });

const secretsPath = (id: string) => path`/api/server/v1/applications/${id}/inbound-protocols/oidc/secrets`;
const secretPath = (id: string, secret: string) =>
  path`/api/server/v1/applications/${id}/inbound-protocols/oidc/secrets/${secret}`;

/** All secrets of a client. Undefined where the server has one for an application, and no such path. */
export async function secretsOf(api: Api, id: string): Promise<readonly SecretWire[] | undefined> {
  try {
    const viewing = api.mayNeed("internal_application_mgt_client_secret_view");
    const { list } = await viewing.get(secretsPath(id), secretList);
    return list ?? [];
  } catch (error) {
    if (error instanceof ApiError && !isNotFound(error) && (error.status === 404 || error.status === 405)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Makes one more secret. Where the answer is lost, it is looked for: the newest one is it, unless it was there `before`.
 * Writes to an application are serialized, and nobody else's would be the worse for being taken.
 */
export async function newSecret(api: Api, id: string, before: readonly SecretWire[]): Promise<SecretWire> {
  try {
    return await api.postAndRead(secretsPath(id), {}, secretWire);
  } catch (error) {
    if (!isAmbiguous(error)) throw error;
    const found = await lookedFor(api, id, before);
    if (!found) throw error;
    return found;
  }
}

async function lookedFor(api: Api, id: string, before: readonly SecretWire[]): Promise<SecretWire | undefined> {
  try {
    const after = (await secretsOf(api, id)) ?? [];
    return after.find(({ secretId, latest }) => latest && !before.some((old) => old.secretId === secretId));
  } catch {
    // What the user has to know is why the secret is not known to be made.
    return undefined;
  }
}

/** Deletes an old secret. One that somebody has deleted, or that is the newest by now, is none to delete. */
export async function deleteSecret(api: Api, id: string, secret: string): Promise<void> {
  try {
    await api.needing("internal_application_mgt_client_secret_delete").deletePart(secretPath(id, secret));
  } catch (error) {
    if (!hasCode(error, "OAUTH-60010") && !hasCode(error, "OAUTH-60006")) throw error;
  }
}
