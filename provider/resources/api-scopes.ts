import type { Api } from "../api/api";
import { path } from "../api/path";
import { scopesOfTenant } from "../api/tenant-scopes";
import type { Failure } from "../core/check";
import type { Properties } from "../core/clean";
import type { Declared } from "../core/program";
import { whatIs } from "../core/references";
import type { Run } from "../core/run";
import { hasUnknown } from "../core/unknown";
import { type ApiItem, allApis, apiText, apiWithId, isOfServer } from "./api-look-up";

const scopePath = (id: string, name: string) => path`/api/server/v1/api-resources/${id}/scopes/${{ name }}`;

/** The scopes that args declare; none where they are not known yet. */
export function scopeNames({ scopes }: Properties): string[] {
  if (!Array.isArray(scopes)) return [];
  return scopes
    .map((scope: { name?: unknown }) => scope?.name)
    .filter((name) => typeof name === "string" && !hasUnknown(name)) as string[];
}

const has = (args: Properties | undefined, scope: string) => args !== undefined && scopeNames(args).includes(scope);

/** Whether this resource of the program had the scope, and has it no longer, or is itself replaced. */
function givesUp({ old, args, fate }: Declared, scope: string): boolean {
  return has(old, scope) && (!has(args, scope) || fate === "is replaced") && !hasUnknown(args.scopes);
}

function others(run: Run, identifier: unknown): Declared[] {
  return run.program.all("ApiResource").filter(({ args }) => args.identifier !== identifier);
}

/** Scope names are unique in a tenant, so two APIs of one program cannot have the same. */
export function twinScopes(args: Properties, run: Run): Failure[] {
  const all = others(run, args.identifier);
  return scopeNames(args).flatMap((scope) => {
    const other = all.find((each) => has(each.args, scope));
    if (!other) return [];
    const reason = `${placeOf(args, scope)}: ${whatIs({ word: "API" }, other)} declares the scope \`${scope}\`, too, and scope names are unique in a tenant. Rename one of them.`;
    return [{ property: "scopes", reason }];
  });
}

function placeOf({ scopes }: Properties, scope: string): string {
  const i = Array.isArray(scopes) ? scopes.findIndex((each: { name?: unknown }) => each?.name === scope) : -1;
  return `scopes[${i}].name`;
}

/** What another API of the tenant has of the scopes that are new in these args. Costs a request, once in a process. */
export async function takenScopes(
  api: Api,
  args: Properties,
  old: Properties | undefined,
  run: Run,
): Promise<Failure[]> {
  // While the API itself is being replaced, Pulumi asks as if it were new.
  const isOurs = (scope: string) =>
    has(old, scope) || run.program.all("ApiResource").some((each) => givesUp(each, scope) || isSelf(each, args, scope));
  const fresh = scopeNames(args).filter((scope) => !isOurs(scope));
  if (fresh.length === 0) return [];
  const known = await api.kept(scopesOfTenant);
  const taken = fresh.filter((scope) => known.has(scope));
  const failures: Failure[] = [];
  for (const scope of taken) {
    const owner = await ownerOf(api, scope);
    if (owner?.identifier === args.identifier) continue;
    const reason = `${placeOf(args, scope)}: ${heldBy(scope, owner)}`;
    const mayGiveUp = owner === undefined || !isDeclared(run, owner);
    const unless = "This goes well only if that API is one of this program and gives the scope up.";
    if (mayGiveUp) failures.push({ property: "scopes", reason: `${reason} ${unless}`, isWarning: true });
    else failures.push({ property: "scopes", reason: `${reason} Choose another name.` });
  }
  return failures;
}

function isSelf({ args: { identifier }, old }: Declared, args: Properties, scope: string): boolean {
  return identifier === args.identifier && has(old, scope);
}

function isDeclared(run: Run, { id, identifier }: ApiItem): boolean {
  return run.program.all("ApiResource").some((each) => each.id === id || each.args.identifier === identifier);
}

function heldBy(scope: string, owner: ApiItem | undefined): string {
  const who = owner ? apiText(owner.name, owner.id) : "another API of the tenant";
  return `${who} has the scope \`${scope}\` already, and scope names are unique in a tenant.`;
}

/** The API that has a scope. No request of the server's tells it, so the APIs are asked, but for the server's own. */
async function ownerOf(api: Api, scope: string): Promise<ApiItem | undefined> {
  const all = await api.kept(allApis);
  for (const each of all.filter((one) => !isOfServer(one))) {
    const live = await api.kept(apiWithId, each.id);
    if (live?.scopes?.some(({ name }) => name === scope)) return each;
  }
  return undefined;
}

/** Takes scopes away from the APIs of this program that give them up in this run: they need not have had their turn yet. */
export async function takeScopes(api: Api, run: Run, identifier: string, wanted: readonly string[]): Promise<void> {
  for (const scope of wanted) {
    const giver = others(run, identifier).find((each) => givesUp(each, scope));
    if (giver?.id !== undefined) await release(api, run, giver.id, scope);
  }
}

/** Removes a scope of an API, unless another API of this program has taken it over in this run. */
export function removeScope(api: Api, run: Run, id: string, scope: string): Promise<void> {
  return api.inTurn(`${id} ${scope}`, async () => {
    if (!run.program.isMoved(id, scope)) await deleting(api, run, id, scope);
  });
}

function release(api: Api, run: Run, id: string, scope: string): Promise<void> {
  return api.inTurn(`${id} ${scope}`, async () => {
    run.program.noteMoved(id, scope);
    await deleting(api, run, id, scope);
  });
}

/** With the scope, the server takes it from every role. */
async function deleting(api: Api, run: Run, id: string, scope: string): Promise<void> {
  run.program.noteLost(scope);
  await api.needing("internal_api_resource_delete").deletePart(scopePath(id, scope));
  api.drop(apiWithId, id);
}

/**
 * After a refusal since one of these scopes is taken: waits until the program says that the API which has it gives it up.
 * Answers whether it did for all of them, or who has one of them.
 */
export async function released(
  api: Api,
  run: Run,
  identifier: string,
  wanted: readonly string[],
): Promise<true | { readonly held: string }> {
  const known = await api.afresh(scopesOfTenant);
  for (const scope of wanted.filter((each) => known.has(each))) {
    const owner = await ownerOf(api, scope);
    if (owner === undefined || owner.identifier === identifier) continue;
    const giver = await giverOf(run, owner, scope);
    if (giver?.id === undefined) return { held: heldBy(scope, owner) };
    await release(api, run, giver.id, scope);
  }
  return true;
}

async function giverOf(run: Run, { id, identifier }: ApiItem, scope: string): Promise<Declared | undefined> {
  const isOwner = (each: Declared) => each.id === id || (each.args.identifier === identifier && each.id !== undefined);
  const owner = await run.program.eventually("ApiResource", isOwner, run.patience);
  return owner && givesUp(owner, scope) ? owner : undefined;
}
