import type { Api } from "../../api/api";
import { path } from "../../api/path";
import type { Properties } from "../../core/clean";
import type { Known, State } from "../../core/definition";
import type { Plain } from "../../core/schema";
import { AsgardeoError, isAmbiguous, PartialCreateError, reasonOf } from "../../errors";
import type { ApplicationArgs, ApplicationOutputs } from "../application.args";
import { text } from "../wire";
import { applicationText } from "./names";
import { type OidcWire, oidcWire } from "./oidc.model";
import { type Client, managedClient } from "./outputs";
import { isRotation } from "./secret-args";
import { deleteSecret, newSecret, type SecretWire, secretsOf } from "./secrets.wire";

type Application = Plain<ApplicationArgs>;
type ApplicationState = State<ApplicationArgs, ApplicationOutputs>;

const oidcPath = (id: string) => path`/api/server/v1/applications/${id}/inbound-protocols/oidc`;
const regeneratePath = (id: string) => path`/api/server/v1/applications/${id}/inbound-protocols/oidc/regenerate-secret`;

/** A change of the secret that is about to be made, with the secrets that there are, where the server has several. */
export interface Rotation {
  readonly secrets: readonly SecretWire[] | undefined;
}

/** What an update is to do about the secret, and whether it can, found out before anything is written. */
export async function plannedRotation(
  api: Api,
  id: string,
  args: Application,
  { args: old, outputs }: ApplicationState,
): Promise<Rotation | undefined> {
  if (!isRotation(old, args)) return undefined;
  if (outputs.clientId !== undefined && outputs.clientId === api.clientId) {
    throw new AsgardeoError(
      `secretVersion: will not change the secret of ${applicationText(args.name, id)}, since the provider signs in with its client ${api.clientId}. Sign in with another client to do that.`,
    );
  }
  const secrets = await secretsOf(api, id);
  if (!secrets) return { secrets };
  await changing(api).ready();
  const what = applicationText(args.name, id);
  refuseNewer(secrets, outputs.clientSecret, what);
  refuseUndeletable(api, secrets, what);
  return { secrets };
}

/** The scopes to make and delete secrets. */
export const secretChanging = [
  "internal_application_mgt_client_secret_create",
  "internal_application_mgt_client_secret_delete",
] as const;

/** The same API for requests that make and delete secrets: in an organization, the server lets nobody delete one. */
export function changing(api: Api): Api {
  const [making] = secretChanging;
  return api.organization === undefined ? api.needing(...secretChanging) : api.needing(making);
}

/** Where nobody may delete a secret, there is no room for a new one beside two. */
export function refuseUndeletable(api: Api, secrets: readonly SecretWire[], what: string): void {
  const old = secrets.find(({ latest }) => !latest);
  if (api.organization === undefined || !old) return;
  throw new AsgardeoError(
    `secretVersion: ${what} has an older secret${madeAt(old)} beside the newest one, and a new one takes its place. The server has no scope to delete a secret in an organization: delete the older one in the console of the organization ${api.organization} (tab Protocol of the application), and run \`pulumi up\` again.`,
  );
}

/**
 * Where the server has a newer secret than state, the one in state may be in use and the newer one may be, too. There is
 * room for two, and the newest cannot be deleted, so a third would end one of them.
 */
function refuseNewer(secrets: readonly SecretWire[], known: string | undefined, what: string): void {
  const ours = known === undefined ? undefined : secrets.find(({ secretValue }) => secretValue === known);
  const newest = secrets.find(({ latest }) => latest);
  if (!ours || !newest || ours === newest) return;
  throw new AsgardeoError(
    `secretVersion: ${what} has a secret that is newer than the one in state${madeAt(newest)}: an earlier change was cut off, or somebody else made it. Run \`pulumi refresh\`, which takes the newest one into state, and then \`pulumi up\` again; that deletes the older one.`,
  );
}

function madeAt({ createdAt }: SecretWire): string {
  return typeof createdAt === "number" ? ` (made at ${isoTime(createdAt)})` : "";
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** Makes the new secret. It is the last request of an update but one, so that no failure can lose it. */
export async function rotated(
  api: Api,
  id: string,
  { secrets }: Rotation,
  args: Application,
  current: Client,
): Promise<Client> {
  if (!secrets) return regenerated(api, id, args, current);
  // Not the other way round: at no time are there more than two, and the newest is never touched before there is another.
  for (const { secretId, latest } of secrets) if (!latest) await deleteSecret(api, id, secretId);
  const made = await newSecret(changing(api), id, secrets);
  const clientSecret = text(made.secretValue);
  if (clientSecret === undefined && args.storeSecret !== false) {
    throw new AsgardeoError(
      `secretVersion: the new secret of ${applicationText(args.name, id)} was made, but the server does not show it. Make one in the console that you can copy, or set \`storeSecret: false\`.`,
    );
  }
  return {
    ...current,
    clientSecret,
    previousSecretId: secrets.find(({ latest }) => latest)?.secretId,
    previousSecretSince: typeof made.createdAt === "number" ? isoTime(made.createdAt) : new Date().toISOString(),
  };
}

/** The one way of servers that have one secret for an application. It ends the application's tokens. */
async function regenerated(api: Api, id: string, args: Application, current: Client): Promise<Client> {
  const before = await api.get(oidcPath(id), oidcWire);
  const wire = await regeneratedWire(api, id, before);
  return { ...managedClient(wire, args), clientId: current.clientId };
}

async function regeneratedWire(api: Api, id: string, before: OidcWire): Promise<OidcWire> {
  // Before WSO2 Identity Server 7.2 it is the scope to create applications that counts.
  const scopes = ["internal_application_mgt_client_secret_create", "internal_application_mgt_create"] as const;
  try {
    return await api.mayNeed(...scopes).postAndRead(regeneratePath(id), undefined, oidcWire);
  } catch (error) {
    if (!isAmbiguous(error)) throw error;
    const after = await api.find(oidcPath(id), oidcWire).catch(() => undefined);
    const isNew = text(before.clientSecret) !== undefined && text(after?.clientSecret) !== undefined;
    if (!after || !isNew || after.clientSecret === before.clientSecret) throw error;
    return after;
  }
}

/** Why the old secret is to be deleted now; undefined where there is none, or where its time has not come. */
export function endOfOverlap(
  { outputs }: Pick<ApplicationState, "outputs">,
  { name, secretOverlapDays }: Properties,
): string | undefined {
  const { previousSecretId, previousSecretSince } = outputs;
  if (previousSecretId === undefined || typeof secretOverlapDays !== "number") return undefined;
  const end = Date.parse(previousSecretSince ?? "") + secretOverlapDays * 86_400_000;
  if (end > Date.now()) return undefined;
  return `the time of the old client secret of ${applicationText(name)} is over (secretOverlapDays: ${secretOverlapDays}): this update deletes it.`;
}

/** Deletes the old secret where its time has come. A failure must not lose the new one, which only this run knows. */
export async function withoutOldSecret(
  api: Api,
  id: string,
  args: Application,
  outputs: Known<ApplicationOutputs>,
): Promise<Known<ApplicationOutputs>> {
  if (outputs.previousSecretId === undefined || endOfOverlap({ outputs }, args) === undefined) return outputs;
  try {
    await deleteSecret(api, id, outputs.previousSecretId);
  } catch (error) {
    throw new PartialCreateError(
      id,
      { ...outputs },
      [
        `The old client secret of ${applicationText(args.name, id)} is still valid, since it could not be deleted. The next \`pulumi up\` tries again. ${reasonOf(error)}`,
      ],
      { cause: error },
    );
  }
  return { ...outputs, previousSecretId: undefined, previousSecretSince: undefined };
}
