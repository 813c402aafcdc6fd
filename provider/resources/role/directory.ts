import type { Api, Collection } from "../../api/api";
import { byStartIndex } from "../../api/lists";
import type { Pages } from "../../api/pages";
import { path, type Query } from "../../api/path";
import type { Properties } from "../../core/clean";
import type { Match } from "../../core/definition";
import type { Run } from "../../core/run";
import { isUnknown } from "../../core/unknown";
import { AsgardeoError } from "../../errors";
import { applicationText } from "../api-authorization.references";
import { Directory } from "../directory";
import { applicationOf, type RoleWire, roleWire, withoutUsers } from "./wire";

export const roles = path`/scim2/v2/Roles`;
export const rolePath = (id: string) => path`/scim2/v2/Roles/${id}`;

export function rolePages(api: Api, query?: Query): Pages<RoleWire> {
  return byStartIndex(api, roles, roleWire, { ...withoutUsers, ...query });
}

/** That roles can be read. */
export const readableRoles: Collection<unknown> = { load: (api) => rolePages(api, { count: 1 }).probe() };

/** By what a role is known: names are unique among the roles of an application, or of the organization. */
interface Key {
  readonly displayName: string;
  readonly application: string | undefined;
}

const directory: Collection<Directory<RoleWire>> = { load: async (api) => new Directory(rolePages(api)) };

/** What the server's filter takes as it is; it drops some characters, and breaks at some words. */
const plain = /^[A-Za-z0-9_.-]+$/;
const words = new Set(["eq", "ne", "sw", "ew", "co", "ge", "le", "gt", "lt", "pr", "and", "or", "not"]);

/** The filter for the roles of an application, or of the organization, with a name where it can be said. */
function filterFor({ displayName, application }: Key): string {
  const audience = application === undefined ? "audience.type eq organization" : `audience.value eq ${application}`;
  const isPlain = plain.test(displayName) && !words.has(displayName.toLowerCase());
  return isPlain ? `displayName eq ${displayName} and ${audience}` : audience;
}

/** The roles of exactly this name there, or in other case: most databases do not regard it. */
export async function rolesLike(api: Api, key: Key): Promise<RoleWire[]> {
  const listed = await rolePages(api, { filter: filterFor(key) }).all();
  const name = key.displayName.toLowerCase();
  return listed.filter((role) => role.displayName.toLowerCase() === name && applicationOf(role) === key.application);
}

const isNamed = (role: RoleWire, { displayName, application }: Key) =>
  role.displayName === displayName && applicationOf(role) === application;

async function rolesNamed(api: Api, key: Key): Promise<RoleWire[]> {
  return (await rolesLike(api, key)).filter((role) => isNamed(role, key));
}

/** The natural key in args; undefined where it is not known yet. */
export function roleKey({ displayName, application }: Properties): Key | undefined {
  if (typeof displayName !== "string" || isUnknown(displayName) || isUnknown(application)) return undefined;
  return { displayName, application: typeof application === "string" && application !== "" ? application : undefined };
}

/** The role with the declared name, among those of the same application, or of the organization. */
export async function matchRole(api: Api, args: Properties, run: Run, afresh = false): Promise<Match | undefined> {
  const key = roleKey(args);
  if (!key) return undefined;
  const { application } = key;
  // An application that this run has made has no roles but those that this run gives it.
  if (!afresh && application !== undefined && run.program.isMade("Application", application)) return undefined;
  const found = afresh ? await rolesNamed(api, key) : await keptNamed(api, key);
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(", ");
    throw new AsgardeoError(
      `displayName: ${found.length} roles of ${whose(run, application)} have the name ${JSON.stringify(key.displayName)} (ids ${ids}); rename all but one`,
    );
  }
  const [match] = found;
  return match && asMatch(run, match);
}

function keptNamed(api: Api, key: Key): Promise<RoleWire[]> {
  return api.inTurn("names of roles", async () =>
    (await api.kept(directory)).find(
      (role) => isNamed(role, key),
      () => rolesNamed(api, key),
    ),
  );
}

export function asMatch(run: Run, role: RoleWire): Match {
  const what = `the role ${JSON.stringify(role.displayName)} of ${whose(run, applicationOf(role))}`;
  const refusal = "It is a role of the server itself and cannot be managed; choose another name.";
  return { id: role.id, what, ...(role.meta?.systemRole === true && { refusal }) };
}

/** Whose role it is, for messages. */
export function whose(run: Run, application: string | undefined): string {
  return application === undefined ? "the organization" : applicationText(run, application);
}
