import type { Api } from "../../api/api";
import { path } from "../../api/path";
import { pick } from "../../core/clean";
import type { Created, Known, Live, State } from "../../core/definition";
import { same } from "../../core/diff";
import type { Run } from "../../core/run";
import type { Plain } from "../../core/schema";
import { ApiError, isConflict, PartialCreateError, reasonOf } from "../../errors";
import type { ApplicationArgs, ApplicationOutputs } from "../application.args";

import { refuseDeletion, refuseEnding } from "../bootstrap";
import { text } from "../wire";
import {
  type ApplicationWire,
  applicationFromWire,
  applicationToCreate,
  applicationToPatch,
  applicationWire,
  patchNeedsLive,
} from "./application.wire";
import { authenticationSequenceClearsScript } from "./authentication-sequence.wire";
import { applicationConflict } from "./conflict";
import { oidcArgs } from "./oidc";
import { type OidcWire, oidcFromWire, oidcToCreate, oidcToPut, oidcWire } from "./oidc.wire";
import { scriptScopes } from "./optional-scopes";
import { type Client, client, endpoints, managedClient, noClient, withoutSecret } from "./outputs";
import { listedAsDeclared, noteWrite } from "./refreshed-list";
import { secretArgNames } from "./secret-args";
import { plannedRotation, rotated, withoutOldSecret } from "./secrets";
import { withoutSharing } from "./shared";
import { removedUnlessCopy } from "./shared-copy";

type Application = Plain<ApplicationArgs>;
type ApplicationState = State<ApplicationArgs, ApplicationOutputs>;

const applications = path`/api/server/v1/applications`;
const applicationPath = (id: string) => path`/api/server/v1/applications/${id}`;
const oidcPath = (id: string) => path`/api/server/v1/applications/${id}/inbound-protocols/oidc`;
const scriptPath = (id: string) => path`/api/server/v1/applications/${id}/authenticationSequence/script`;

export async function createApplication(api: Api, args: Application): Promise<Created<ApplicationOutputs>> {
  const id = await posted(api, args);
  if (!args.oidc) return { id, outputs: { ...noClient, ...endpoints(api.base) } };
  try {
    return { id, outputs: { ...managedClient(await liveOidc(api, id), args), ...endpoints(api.base) } };
  } catch (error) {
    throw new PartialCreateError(id, endpoints(api.base), [
      `The application ${JSON.stringify(args.name)} (id ${id}) was created, but its client could not be read. The next \`pulumi up\` reads it. ${reasonOf(error)}`,
    ]);
  }
}

async function posted(api: Api, args: Application): Promise<string> {
  try {
    const writing = api.mayNeed(...scriptScopes(args));
    return await writing.create(applications, applicationToCreate(args));
  } catch (error) {
    throw isConflict(error) ? await applicationConflict(api, args, error, "create") : error;
  }
}

async function liveOidc(api: Api, id: string): Promise<OidcWire> {
  return api.get(oidcPath(id), oidcWire);
}

export async function readApplication(
  api: Api,
  id: string,
  state: ApplicationState,
): Promise<Live<ApplicationArgs, ApplicationOutputs> | undefined> {
  // Where a client is expected, it is asked for at the same time: two requests in any case, one wait.
  const expected = state.args.oidc !== undefined || state.outputs.clientId !== undefined;
  const asked = expected ? api.find(oidcPath(id), oidcWire) : undefined;
  const [fields, first] = await Promise.all([readFields(api, id, state), asked]);
  // Of an application whose client is gone, a list may be older than that.
  const live = expected && !first && fields?.isListed ? await readWhole(api, id, state) : fields;
  if (!live) return undefined;
  const oidc = !expected && live.hasClient ? await api.find(oidcPath(id), oidcWire) : first;
  const { args } = live;
  const found = oidc ? client(oidc, state.outputs) : noClient;
  const known = state.args.storeSecret === false ? withoutSecret(found) : found;
  const outputs = { ...known, ...endpoints(api.base) };
  const steering = pick(state.args, secretArgNames);
  if (!oidc) return { args: { ...args, ...steering }, outputs };
  const clientSecret = declaredSecret(state, oidc);
  return {
    args: {
      ...args,
      ...steering,
      oidc: { ...oidcFromWire(oidc), ...(clientSecret !== undefined && { clientSecret }) },
    },
    outputs,
  };
}

/** What an application says of itself beyond its client. */
interface Fields {
  readonly args: Partial<Application>;
  readonly hasClient: boolean;
  /** Whether a list said so; then they are as declared, and what is not declared is not among them. */
  readonly isListed: boolean;
}

async function readFields(api: Api, id: string, state: ApplicationState): Promise<Fields | undefined> {
  const args = await listedAsDeclared(api, id, state);
  return args ? { args, hasClient: false, isListed: true } : readWhole(api, id, state);
}

async function readWhole(api: Api, id: string, state: ApplicationState): Promise<Fields | undefined> {
  const live = await api.find(applicationPath(id), applicationWire);
  if (!live) return undefined;
  const args = withoutSharing(applicationFromWire(live), state.args);
  return { args, hasClient: hasClient(live), isListed: false };
}

/**
 * The secret that the program gives. With an application of ours it is echoed and never compared: whoever rotates the
 * secret would else have it replaced. With one that is to be taken over, it has to be the one that is there.
 */
function declaredSecret({ args, outputs }: ApplicationState, { clientSecret: live }: OidcWire): string | undefined {
  const declared = args.oidc?.clientSecret;
  // The endpoints are in the state of every one, also where its client could not be read.
  const isOurs = outputs.issuer !== undefined;
  return isOurs || !text(live) || live === declared ? declared : undefined;
}

/** The server says "" for the client id of an application without OIDC. */
function hasClient({ clientId }: ApplicationWire): boolean {
  return clientId !== undefined && clientId !== null && clientId !== "";
}

export function updateApplication(
  api: Api,
  id: string,
  args: Application,
  state: ApplicationState,
): Promise<Known<ApplicationOutputs>> {
  return api.inTurn(id, async () => {
    await noteWrite(api, id);
    refuseEnding(api, state.outputs.clientId, { ...args, hadOidc: state.args.oidc !== undefined });
    const rotation = await plannedRotation(api, id, args, state);
    await updateFields(api, id, args, state.args);
    const before = await updateClient(api, id, args, state);
    const made = rotation ? await rotated(api, id, rotation, args, before) : before;
    const client = args.storeSecret === false ? withoutSecret(made) : made;
    return withoutOldSecret(api, id, args, { ...client, ...endpoints(api.base) });
  });
}

async function updateFields(api: Api, id: string, args: Application, old: Partial<Application>): Promise<void> {
  const live = patchNeedsLive(args, old) ? await api.get(applicationPath(id), applicationWire) : undefined;
  const body = applicationToPatch(live, args, old);
  if (authenticationSequenceClearsScript(args.authenticationSequence, old.authenticationSequence)) {
    await clearScript(api, id);
  }
  if (!body) return;
  try {
    await api.mayNeed(...scriptScopes(args, old)).patch(applicationPath(id), body);
  } catch (error) {
    throw isConflict(error) ? await applicationConflict(api, args, error, "rename") : error;
  }
}

/** Servers before 7.2 have no such path: there, the tenant's own flow makes the server forget the script. */
async function clearScript(api: Api, id: string): Promise<void> {
  try {
    await api.mayNeed("internal_application_script_update").put(scriptPath(id), { script: "" });
  } catch (error) {
    if (!(error instanceof ApiError) || (error.status !== 404 && error.status !== 405)) throw error;
    await api.patch(applicationPath(id), { authenticationSequence: { type: "DEFAULT" } });
  }
}

async function updateClient(
  api: Api,
  id: string,
  args: Application,
  { args: { oidc: old, storeSecret }, outputs }: ApplicationState,
): Promise<Client> {
  const { oidc } = args;
  if (!oidc) {
    if (!old) return { ...noClient, ...outputs };
    await api.needing("internal_application_mgt_delete").deletePart(oidcPath(id));
    return noClient;
  }
  const isUnchanged = same(oidcArgs, oidc, old);
  const isSecretWanted = storeSecret === false && args.storeSecret !== false;
  if (isUnchanged && outputs.clientId !== undefined && !isSecretWanted) return { ...noClient, ...outputs };
  const live = await api.find(oidcPath(id), oidcWire);
  if (!live) {
    await api.put(oidcPath(id), oidcToCreate(oidc));
    return managedClient(await liveOidc(api, id), args);
  }
  if (!isUnchanged) await api.put(oidcPath(id), oidcToPut(live, oidc, old ?? {}));
  return managedClient(live, args, outputs);
}

export function deleteApplication(api: Api, id: string, { outputs }: ApplicationState, run: Run): Promise<void> {
  return api.inTurn(id, async () => {
    refuseDeletion(api, outputs.clientId);
    await noteWrite(api, id);
    await removedUnlessCopy(api, id, run, () => api.delete(applicationPath(id)));
  });
}
