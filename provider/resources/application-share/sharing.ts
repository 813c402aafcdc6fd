import type { Plain } from "../../core/schema";
import type { ApplicationShareArgs } from "../application-share.args";

type Args = Plain<ApplicationShareArgs>;

/** Which roles are shared, by name. */
export interface RoleSharing {
  readonly mode: "ALL" | "NONE" | "SELECTED";
  readonly roles?: string[] | undefined;
}

/** How one organization is to have an application. */
export interface Named {
  readonly withChildren: boolean;
  readonly roleSharing: RoleSharing;
}

export interface WantedOrganization extends Named {
  readonly id: string;
}

/** With whom an application is to be shared. */
export interface Wanted {
  /** Set where it is for all organizations, those that come among them. */
  readonly all: RoleSharing | undefined;
  readonly organizations: readonly WantedOrganization[];
}

export interface SharedOrganization {
  readonly id: string;
  readonly name?: string | undefined;
  readonly parentId?: string | undefined;
  /** How it was named; absent where it has the application by what is said of others, or where the server does not tell. */
  readonly named?: Named | undefined;
}

/** With whom an application is shared, by what the server says. */
export interface Shared {
  readonly all: RoleSharing | undefined;
  readonly organizations: readonly SharedOrganization[];
}

/** What is to be done so that an application is shared as it is wanted. */
export interface Plan {
  /** Set where it is to be shared with all. */
  readonly all: RoleSharing | undefined;
  /** Whether those that come are not to get it any more. */
  readonly endsAll: boolean;
  readonly share: readonly WantedOrganization[];
  /** The ids of those that are to lose it. */
  readonly unshare: readonly string[];
}

const allRoles: RoleSharing = { mode: "ALL" };

export function wantedBy({ allOrganizations, organizations = [], roleSharing }: Partial<Args>): Wanted {
  if (allOrganizations === true) return { all: roleSharing ?? allRoles, organizations: [] };
  return {
    all: undefined,
    organizations: organizations.map((each) => ({
      id: each.organization,
      withChildren: each.withChildren ?? false,
      roleSharing: each.roleSharing ?? allRoles,
    })),
  };
}

/** Whether an application is shared with nobody. */
export function isShared(shared: Shared | undefined): shared is Shared {
  return shared !== undefined && (shared.all !== undefined || shared.organizations.length > 0);
}

/**
 * What is to be done. `before` is what the program has said already: of an organization of which the server does not tell how
 * it has the application, that is believed.
 */
export function planFor(wanted: Wanted, live: Shared, before: Wanted): Plan {
  if (wanted.all) {
    const isSo = live.all !== undefined && isSameRoles(live.all, wanted.all);
    return { all: isSo ? undefined : wanted.all, endsAll: false, share: [], unshare: [] };
  }
  const isDone = (one: WantedOrganization) => {
    const found = live.organizations.find(({ id }) => id === one.id);
    if (!found) return false;
    const is = found.named ?? (live.all ? undefined : before.organizations.find(({ id }) => id === one.id));
    return is !== undefined && isSame(is, one);
  };
  return {
    all: undefined,
    endsAll: live.all !== undefined,
    share: wanted.organizations.filter((one) => !isDone(one)),
    unshare: leftOver(wanted.organizations, live).map(({ id }) => id),
  };
}

export function isNothing({ all, endsAll, share, unshare }: Plan): boolean {
  return all === undefined && !endsAll && share.length + unshare.length === 0;
}

/** Those that have an application and are neither wanted nor below one that is wanted with its children. */
function leftOver(wanted: readonly WantedOrganization[], live: Shared): SharedOrganization[] {
  const kept = new Set(wanted.map(({ id }) => id));
  const withChildren = new Set(wanted.filter((one) => one.withChildren).map(({ id }) => id));
  return live.organizations.filter(({ id, parentId }) => !kept.has(id) && !isBelow(live, parentId, withChildren));
}

function isBelow({ organizations }: Shared, parentId: string | undefined, outer: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  for (let id = parentId; id !== undefined && !seen.has(id); ) {
    if (outer.has(id)) return true;
    seen.add(id);
    const current = id;
    id = organizations.find((each) => each.id === current)?.parentId;
  }
  return false;
}

/** With whom an application is shared, in the words of the args. `declared` is what the program says. */
export function argsOfShared(shared: Shared, declared: Partial<Args>): Partial<Args> {
  const { all } = shared;
  const isByAll = all !== undefined && declared.organizations === undefined;
  const outer = new Set(shared.organizations.filter(({ named }) => named?.withChildren).map(({ id }) => id));
  const shown = shared.organizations.filter(
    ({ named, parentId }) => named !== undefined || !isBelow(shared, parentId, outer),
  );
  const organizations = shown.map(({ id, named }) => elementOf(id, named, declared));
  return {
    ...(isByAll ? {} : { organizations }),
    allOrganizations: all !== undefined,
    ...(all && { roleSharing: argsOfRoles(all) }),
  };
}

function elementOf(organization: string, named: Named | undefined, { organizations = [] }: Partial<Args>) {
  const said = organizations.find((each) => each.organization === organization);
  // What the server does not tell counts as it is said.
  const is = named ?? wantedBy({ organizations: said ? [said] : [{ organization }] }).organizations[0];
  return {
    organization,
    withChildren: is?.withChildren ?? false,
    roleSharing: argsOfRoles(is?.roleSharing ?? allRoles),
  };
}

function argsOfRoles({ mode, roles }: RoleSharing): { mode: RoleSharing["mode"]; roles?: string[] } {
  return mode === "SELECTED" ? { mode, roles: roles ?? [] } : { mode };
}

function isSame(one: Named, other: Named): boolean {
  return one.withChildren === other.withChildren && isSameRoles(one.roleSharing, other.roleSharing);
}

function isSameRoles(one: RoleSharing, other: RoleSharing): boolean {
  const names = ({ mode, roles }: RoleSharing) => (mode === "SELECTED" ? [...(roles ?? [])].sort().join("\n") : "");
  return one.mode === other.mode && names(one) === names(other);
}
