import type { Api } from "../api/api";
import { type Authorization, authorizations, authorizationsOf } from "../api/authorizations";
import { requireWhereKnown } from "../api/optional-scopes";
import { path } from "../api/path";
import type { Scope } from "../api/scopes";
import type { Failure } from "../core/check";
import { distinct, nonEmptyText, oneOf, scopeName } from "../core/checks";
import type { Properties } from "../core/clean";
import { controlArgs } from "../core/controls";
import type { Definition, Match } from "../core/definition";
import { same } from "../core/diff";
import { hasLostParts } from "../core/references";
import type { Run } from "../core/run";
import { argsOf, assumed, type Plain } from "../core/schema";
import { isUnknown } from "../core/unknown";
import { AsgardeoError } from "../errors";
import type { ApiAuthorizationArgs, ApiAuthorizationOutputs } from "./api-authorization.args";
import {
  agree,
  apiTextOf,
  applicationText,
  authorizationReferences,
  policyFailures,
} from "./api-authorization.references";
import { refusalInArgs } from "./api-authorization.refusals";
import { apiIdOf, apiNamed, apiWithId, isOfServer } from "./api-look-up";
import { readableApplications } from "./application/directory";
import { isOwnApplication, ownScopeFailures, refuseSelfHarm } from "./bootstrap";

type Args = Plain<ApiAuthorizationArgs>;

const scopesArg = distinct(scopeName);

export const apiAuthorization: Definition<ApiAuthorizationArgs, ApiAuthorizationOutputs> = {
  type: "ApiAuthorization",
  args: argsOf<ApiAuthorizationArgs>()({
    application: nonEmptyText,
    api: nonEmptyText,
    scopes: scopesArg,
    policy: assumed("RBAC", oneOf(["RBAC", "No Policy"])).optional(),
    ...controlArgs,
  }),
  outputs: ["apiId"],
  replaceOn: ["application", "api", "policy"],
  secrets: [],
  needs: {
    create: ["internal_application_mgt_update"],
    read: ["internal_application_mgt_view"],
    update: ["internal_application_mgt_update", "internal_application_mgt_view"],
    delete: ["internal_application_mgt_update"],
    optionalWrite: ["internal_application_business_api_update"],
    atTimes: ["internal_application_internal_api_update"],
    ahead: ["internal_api_resource_view"],
  },

  keys: ["application", "api"],
  path(id) {
    const { application, apiId } = parts(id);
    return authorization(application, apiId);
  },
  probe: readableApplications,
  references: authorizationReferences,
  isRestorable: true,
  match,
  verify,
  agree,

  async create(api, args, run) {
    const apiId = await apiIdOf(api, run, args.api);
    const { application, scopes, policy: policyIdentifier } = args;
    const body = { id: apiId, ...(policyIdentifier && { policyIdentifier }), scopes };
    await write(api, run, application, apiId, args, (writing) => writing.post(authorizations(application), body));
    return { id: `${application}/${apiId}`, outputs: { apiId } };
  },

  async read(api, id, { args }) {
    const { application, apiId } = parts(id);
    const live = await inList(api, application, apiId);
    if (!live) return undefined;
    const isIdentifier = args.api !== undefined && args.api !== apiId;
    return {
      args: {
        application,
        api: isIdentifier ? (live.identifier ?? apiId) : apiId,
        scopes: scopesOf(live),
        policy: live.policyId?.toUpperCase() === "NO POLICY" ? "No Policy" : "RBAC",
      },
      outputs: { apiId },
    };
  },

  async update(api, id, args, { args: old }, run) {
    const { application, apiId } = parts(id);
    const isUnchanged = same(scopesArg, old.scopes, args.scopes);
    if (isUnchanged && !hasLostParts(authorizationReferences, run.program, args, old)) return { apiId };
    // All declared scopes go, since the server ignores those that are authorized: one that was withdrawn comes back. Those
    // that nobody declares go away, whoever has given them.
    const had = [...new Set([...(old.scopes ?? []), ...scopesOf(await inList(api, application, apiId))])];
    const removedScopes = had.filter((scope) => !args.scopes.includes(scope));
    await refuseSelfHarm(api, application, removedScopes);
    noteLost(run, application, removedScopes);
    const body = { addedScopes: args.scopes, removedScopes };
    await write(api, run, application, apiId, args, (writing) =>
      writing.patch(authorization(application, apiId), body),
    );
    return { apiId };
  },

  async delete(api, id, { args: old }, run) {
    const { application, apiId } = parts(id);
    noteLost(run, application, old.scopes);
    const isOfManagement = mayBeOfServer(old.scopes);
    if (isOfManagement && (await isOwnApplication(api, application))) {
      await refuseSelfHarm(api, application, scopesOf(await inList(api, application, apiId)));
    }
    const writing = isOfManagement ? api.mayNeed("internal_application_internal_api_update") : api;
    await api.inTurn(application, () => writing.delete(authorization(application, apiId)));
    api.drop(authorizationsOf, application);
  },
};

const authorization = (application: string, apiId: string) =>
  path`/api/server/v1/applications/${application}/authorized-apis/${apiId}`;

/** Whether the scopes can be those of a management API, which alone have such names: the others cost no look. */
function mayBeOfServer(scopes: readonly string[] = []): boolean {
  return scopes.length === 0 || scopes.some((scope) => scope.startsWith("internal_"));
}

async function inList(api: Api, application: string, apiId: string): Promise<Authorization | undefined> {
  return (await api.kept(authorizationsOf, application))?.find(({ id }) => id === apiId);
}

/** With a scope, the server takes it from the roles of the application. */
function noteLost(run: Run, application: string, scopes: readonly string[] = []): void {
  for (const scope of scopes) run.program.noteLost(scope, application);
}

/** The scopes that the application has, by whomever. */
function scopesOf(live: Authorization | undefined): string[] {
  return (live?.authorizedScopes ?? []).map(({ name }) => name);
}

/** The authorization of the declared application to the declared API. */
async function match(api: Api, args: Properties, run: Run, afresh = false): Promise<Match | undefined> {
  const { application, api: wanted } = args;
  if (typeof application !== "string" || typeof wanted !== "string" || isUnknown(application) || isUnknown(wanted)) {
    return undefined;
  }
  const found = await apiNamed(api, run, wanted);
  if ("problem" in found) return undefined;
  const { id: apiId } = found;
  if (afresh) api.drop(authorizationsOf, application);
  const id = `${application}/${apiId}`;
  // An application that this run has made has no authorizations but those that this run gives it.
  const isNew = !afresh && run.program.isMade("Application", application);
  const isThere = isNew
    ? run.program.isMade("ApiAuthorization", id)
    : (await inList(api, application, apiId)) !== undefined;
  const ofWhom = applicationText(run, application);
  return isThere ? { id, what: `the authorization of ${ofWhom} for ${apiTextOf(run, wanted)}` } : undefined;
}

async function verify(api: Api, args: Properties, old: Properties | undefined, run: Run): Promise<Failure[]> {
  await requireWhereKnown(api, await optionalScopes(api, args, run));
  return [...(await policyFailures(api, args, run)), ...(await ownScopeFailures(api, args, old))];
}

/** Newer servers want one scope more to authorize: another one for their own APIs. */
async function optionalScopes(api: Api, { api: given }: Properties, run: Run): Promise<readonly Scope[]> {
  if (typeof given !== "string" || isUnknown(given)) return [];
  const business = ["internal_application_business_api_update"] as const;
  if (run.program.find("ApiResource", "identifier", given)) return business;
  const found = await apiNamed(api, run, given);
  const live = "id" in found ? await api.kept(apiWithId, found.id) : undefined;
  if (!live) return [];
  return isOfServer(live) ? ["internal_application_internal_api_update"] : business;
}

function parts(id: string): { application: string; apiId: string } {
  const [application, apiId, rest] = id.split("/");
  if (!application || !apiId || rest !== undefined) {
    throw new AsgardeoError(`id: ${JSON.stringify(id)} must be \`<application id>/<API id>\``);
  }
  return { application, apiId };
}

async function write(
  api: Api,
  run: Run,
  application: string,
  apiId: string,
  args: Args,
  work: (writing: Api) => Promise<void>,
): Promise<void> {
  try {
    const writing = api.mayNeed(...(await optionalScopes(api, args, run)));
    await api.inTurn(application, () => work(writing));
  } catch (error) {
    throw await refusalInArgs(api, run, apiId, args, error);
  } finally {
    api.drop(authorizationsOf, application);
  }
}
