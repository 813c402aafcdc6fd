import type * as pulumi from "@pulumi/pulumi";
import type { Api } from "../api/api";
import { nearMiss } from "../core/check";
import { AsgardeoError } from "../errors";
import { rolePages, rolePath, rolesLike } from "../resources/role/directory";
import { applicationOf, type RoleWire, roleFromWire, roleWire, withoutUsers } from "../resources/role/wire";
import { asked, askedLater, type LookUp } from "./look-up";
import type { LookUpOptions, LookUpOutputOptions } from "./options";
import { only, texts } from "./question";
import { viewing } from "./viewing";

/** A role by its name: that is unique among the roles of an application, or among those of the organization. */
export interface RoleByName {
  /** Its name, exactly as in the console. */
  displayName: string;
  /** The id of the application whose role it is. Left out, it is a role of the organization. */
  application?: string | undefined;
  /** Not together with a name. */
  id?: undefined;
}

/** A role by its id. */
export interface RoleById {
  /** Its id, the UUID in the console's URL. */
  id: string;
  /** Not together with an id. */
  displayName?: undefined;
  /** Not together with an id. */
  application?: undefined;
}

/** The role that is looked up: by its name, or by its id. */
export type GetRoleArgs = RoleByName | RoleById;

/** The same, as Inputs. */
export type GetRoleOutputArgs =
  | {
      displayName: pulumi.Input<string>;
      application?: pulumi.Input<string> | undefined;
      id?: undefined;
    }
  | { id: pulumi.Input<string>; displayName?: undefined; application?: undefined };

/** A role as it is in the tenant. Who has it is not told: that may be every user. */
export interface GetRoleResult {
  /** The UUID that the server gave it. */
  readonly id: string;
  /** The name, unique among the roles of its application, or among those of the organization. */
  readonly displayName: string;
  /** The id of the application whose role it is. Undefined for a role of the organization. */
  readonly application: string | undefined;
  /** The names of the scopes that it permits. */
  readonly permissions: readonly string[];
  /** The ids of the groups that have it, groups of identity providers among them. */
  readonly groups: readonly string[];
}

/**
 * Reads a role that is in the tenant already, whoever made it, without managing it. The answer of one run is shared: the
 * same question costs one request by id, and two by name. It needs the scope `internal_role_mgt_view`.
 *
 * Fails where no role has this id, or exactly this name there, where neither a name nor an id is given, or both, and where a
 * setting or the scope is missing.
 *
 * In a unit test with `pulumi.runtime.setMocks` nothing is sent: the question is a call of the mocks, with the token
 * `asgardeo:index:getRole` and the args as they are given, and their answer is that of the look-up.
 *
 * API: https://wso2.com/asgardeo/docs/apis/roles-v2-rest-api/
 *
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const everyone = asgardeo.getRoleOutput({ displayName: "everyone" });
 *
 * export const permissions = everyone.permissions;
 */
export function getRole(args: GetRoleArgs, opts?: LookUpOptions): Promise<GetRoleResult> {
  return asked(look, args, opts);
}

/** The same as {@link getRole} for args that may be outputs: it waits for them, and answers an output. */
export function getRoleOutput(args: GetRoleOutputArgs, opts?: LookUpOutputOptions): pulumi.Output<GetRoleResult> {
  return askedLater(look, args, opts);
}

const look: LookUp<GetRoleArgs, GetRoleResult> = {
  name: "getRole",
  question,
  read: async ({ api }, args) => {
    const viewer = viewing(api, "internal_role_mgt_view");
    const id = args.id ?? (await roleNamed(viewer, args)).id;
    const live = await viewer.find(rolePath(id), roleWire, withoutUsers);
    if (!live) throw new AsgardeoError(`id: no role of this tenant has the id ${JSON.stringify(id)}`);
    const { displayName, application, permissions = [], groups = [] } = roleFromWire(live);
    return { id, displayName, application, permissions, groups };
  },
};

/** What is asked for, in one order, so that the same question is the same text. */
function question(args: GetRoleArgs): GetRoleArgs {
  const { id, displayName, application } = texts(args, ["id", "displayName", "application"]);
  if (typeof id === "string" && displayName === undefined && application === undefined) return { id };
  if (typeof displayName === "string" && id === undefined) {
    return { displayName, ...(typeof application === "string" && { application }) };
  }
  throw new AsgardeoError(
    "give either `id`, or `displayName` with the `application` whose role it is; a role of the organization has none",
  );
}

async function roleNamed(api: Api, { displayName, application }: RoleByName): Promise<RoleWire> {
  const like = await rolesLike(api, { displayName, application });
  const where = application === undefined ? "the organization" : `the application ${application}`;
  const what = `displayName: ${JSON.stringify(displayName)}`;
  const found = only(
    like.filter((role) => role.displayName === displayName),
    what,
  );
  if (found) return found;
  // The first page is enough for a hint.
  const some =
    like.length > 0 ? like : (await rolePages(api).next()).filter((role) => applicationOf(role) === application);
  const names = some.map((role) => role.displayName);
  throw new AsgardeoError(`${what} is the name of no role of ${where}${nearMiss(displayName, names)}`);
}
