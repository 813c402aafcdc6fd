import type { Tenant } from "../../sandbox/index";
import { madeByConsole } from "../subjects/subject";
import { become, organization } from "../support/organizations";
import { World } from "./world";

/** What one of the organizations of a story has, as nobody is to change it. */
const inNeighbour = [
  ["/scim2/Groups", { displayName: "Group 0" }],
  ["/scim2/Users", { userName: "kim0@example.com", password: "Correct-Horse-7" }],
  ["/scim2/v2/Roles", { displayName: "Role 0 inside" }],
] as const;

/** Makes two organizations below a tenant: the one that is answered, and one with objects of the same names. */
export async function below({ sandbox, kept, others }: World): Promise<World> {
  const path = `/api/server/v1/applications/${sandbox.tenant.bootstrap}/share`;
  // In the form that every server knows.
  const { status } = await sandbox.console("POST", path, { shareWithAllChildren: true });
  if (status > 299) throw new Error(`The bootstrap client's application could not be shared: ${status}`);
  const [hospital, neighbour] = [await organization(sandbox, "Hospital"), await organization(sandbox, "Neighbour")];
  for (const id of [hospital, neighbour]) {
    kept.add(id);
    others.add(id);
  }
  for (const [at, body] of inNeighbour) await madeByConsole(sandbox, `/o/${neighbour}${at}`, body);
  return new World(sandbox, hospital);
}

/** Does something while the organization of a world is disabled. */
export async function whileDisabled(
  { sandbox, organization: id = "" }: World,
  work: () => Promise<void>,
): Promise<void> {
  await become(sandbox, id, "DISABLED");
  await work();
  await become(sandbox, id, "ACTIVE");
}

type Own = Pick<Tenant, "applications" | "groups" | "users" | "roles">;

/** What is there, but for copies of what is shared. */
const own = ({ applications, groups, users, roles }: Own) => ({
  ...{ groups, users },
  applications: applications.filter(({ sharedFrom }) => sharedFrom === undefined),
  roles: roles.filter(({ sharedFrom }) => sharedFrom === undefined),
});

/** All that a run in this world has no part in, as a text. */
export function elsewhere({ sandbox: { tenant }, organization: id, kept }: World): string {
  const isElsewhere = (each: string) => (id === undefined ? kept.has(each) : each !== id);
  const inside = Object.entries(tenant.inside).filter(([each]) => isElsewhere(each));
  return JSON.stringify({
    inside: inside.map(([each, content]) => [each, own(content)]),
    ...(id !== undefined && {
      ...own(tenant),
      apis: tenant.apiResources,
      shares: tenant.applicationShares,
      // Not the one that is worked in: somebody may have disabled it, and activated it again.
      organizations: tenant.organizations.filter((each) => each.id !== id),
    }),
  });
}
