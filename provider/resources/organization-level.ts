import type { Operation } from "../core/access";
import type { Failure } from "../core/check";

/** What of a type the server has in an organization of the tenant. */
interface Level {
  /** What can be done there. Without `create`, no program can declare it there. */
  readonly operations: readonly Operation[];
  /** What is different from the tenant, in sentences for the page and, where it cannot be declared, for the error. */
  readonly note: string;
}

const everything: readonly Operation[] = ["create", "read", "update", "delete"];

/** Every type of resource, by whether organizations below the tenant have it: the server has fewer APIs there. */
export const organizationLevel = {
  ApiAuthorization: {
    operations: everything,
    note: "For applications of the organization's own. The copy of a shared application has the authorizations of the tenant's.",
  },
  ApiResource: {
    operations: ["read"],
    note: "An organization has the APIs of the tenant and none of its own: declare it with a provider for the tenant. Look-ups and `get` work, and authorizations name it by its identifier.",
  },
  Application: {
    operations: everything,
    note: "Own ones. The copy of a shared application, with `adopt: true`, takes `authenticationSequence` without a script and `associatedRoles`, and is kept at a destroy. Where a server has several client secrets, nobody may delete one here: after a new one (`secretVersion`), delete the old one in the console; `secretOverlapDays` is refused. WSO2 Identity Server before 7.2 has copies only.",
  },
  ApplicationShare: {
    operations: [],
    note: "The server shares applications from the tenant alone: declare it with a provider for the tenant.",
  },
  Group: { operations: everything, note: "Groups of the organization's own user stores." },
  Organization: {
    operations: everything,
    note: "Organizations below this one: `parentId` is left out, or is this organization.",
  },
  Role: {
    operations: everything,
    note: "Own ones. A role that was shared with the organization, with `adopt: true`, takes `groups`, and is kept at a destroy.",
  },
  User: { operations: everything, note: "Users of the organization alone." },
} as const satisfies Readonly<Record<string, Level>>;

/** Why a program cannot declare a resource of this type with a provider for an organization. */
export function levelFailures(type: string, organization: string | undefined): Failure[] {
  const level = new Map<string, Level>(Object.entries(organizationLevel)).get(type);
  if (organization === undefined || level === undefined || level.operations.includes("create")) return [];
  const reason = `${type}: cannot be made in the organization ${organization}, which its provider works in (childOrganization). ${level.note}`;
  return [{ property: "", reason }];
}
