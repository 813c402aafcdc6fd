import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { applicationShare as definition } from "../../provider/resources/application-share";
import type { Sandbox, Tenant } from "../../sandbox/index";
import type { Declared, Program } from "../model/declared";
import type { World } from "../model/world";
import { UNKNOWN } from "../support/dynamic-provider";
import { application } from "./application";
import { applicationIn } from "./application/edits";
import { ownApplications } from "./application/places";
import { organization, organizationsBelow } from "./organization";
import { type Args, chosen, type Edit, madeByConsole, type Subject } from "./subject";

/** By this path the console ends it, on every server. */
const path = (id: string) => `${application.path(id)}/shared-apps`;
const sharing = `${application.creation}/share`;

const missingId = randomUUID();

const organizationMade = (sandbox: Sandbox) =>
  madeByConsole(sandbox, organization.creation, { name: `Clinic ${randomUUID().slice(0, 8)}` });

const list = ({ organizations }: Args): readonly { readonly organization: string }[] =>
  Array.isArray(organizations) ? organizations : [];

/** With whom an application is shared. */
const sharedWith = ({ applicationShares }: Tenant, id: unknown) =>
  applicationShares.find(({ applicationId }) => applicationId === id)?.organizations.map((one) => one.id) ?? [];

const isShared = (tenant: Tenant, id: unknown) => sharedWith(tenant, id).length > 0 || isForAll(tenant, id);
const isForAll = ({ applicationShares }: Tenant, id: unknown) =>
  applicationShares.some(({ applicationId, future }) => applicationId === id && future !== undefined);

/** The share of an application of the program with all organizations, so that it refers to nothing but that. */
function declaredBy(app: number, earlier: Program): Declared[] {
  if (!earlier.some(({ name }) => name === `app${app}`)) return [];
  return [
    {
      name: `app${app}-share`,
      type: "ApplicationShare",
      args: { allOrganizations: true },
      refs: { application: { of: `app${app}`, give: "id" } },
      live: {},
      client: undefined,
    },
  ];
}

/** One of the applications that are shared. */
function sharedIn(world: World, pick: number) {
  const { tenant } = world;
  const ids = ownApplications(tenant).flatMap(({ id }) => (isShared(tenant, id) ? [id] : []));
  return chosen(ids, pick);
}

const edits: Readonly<Record<string, Edit>> = {
  "share with all": async (world, pick) => {
    const app = applicationIn(world, pick);
    if (app) await world.console("POST", sharing.replace("/share", `/${app.id}/share`), { shareWithAllChildren: true });
  },
  "share with one": async (world, pick) => {
    const app = applicationIn(world, pick);
    const one = chosen(organizationsBelow(world.tenant), pick);
    if (!app || !one) return;
    const body = { shareWithAllChildren: false, sharedOrganizations: [one.id] };
    await world.console("POST", sharing.replace("/share", `/${app.id}/share`), body);
  },
  "share with nobody": async (world, pick) => {
    // Before 7.2 nobody can see whether organizations that are still to come will have it.
    if (world.tenant.server === "7.1") return;
    const id = sharedIn(world, pick);
    if (id !== undefined) await world.console("DELETE", path(id));
  },
};

export const applicationShare: Subject = {
  type: "ApplicationShare",
  schema: definition.args,
  outputs: definition.outputs,
  creation: sharing,
  path,
  isKnownByListAlone: true,
  servedAt: /\/applications\/(([^/]+\/)?share|share-with-all|unshare|unshare-with-all)$/,
  isMadeAgainByChange: true,

  args: async (sandbox) => ({
    application: await madeByConsole(sandbox, application.creation, { name: `Booking ${randomUUID()}` }),
    organizations: [
      { organization: await organizationMade(sandbox) },
      { organization: await organizationMade(sandbox) },
    ],
  }),
  least: (args) => args,
  changed: (args) => ({ ...args, organizations: list(args).slice(1) }),
  replaced: (args) => ({ ...args, application: missingId }),
  replaces: ["application"],
  rich: (args) => ({
    args: {
      ...args,
      organizations: list(args).map((one, i) => ({
        ...one,
        withChildren: i === 0,
        roleSharing: i === 0 ? { mode: "SELECTED", roles: ["Admin", "Auditor"] } : { mode: "NONE" },
      })),
    },
    changed: { application: args.application, allOrganizations: true, roleSharing: { mode: "NONE" } },
  }),
  madeOutputs: [],
  wrong: {
    application: "a",
    organizations: [{ organization: "b", roleSharing: { mode: "SELECTED" } }, { organization: "b" }],
    roleSharing: { mode: "some" },
  },
  failures: [
    "organizations[0].roleSharing.roles: must name at least one role",
    "organizations[1].organization: is in the list twice",
    "roleSharing.mode: must be one of `ALL`, `NONE`, `SELECTED`",
  ],
  unknown: { application: UNKNOWN, organizations: [{ organization: UNKNOWN }] },

  exists: async (sandbox, args) => {
    const other = await organizationMade(sandbox);
    const body = { shareWithAllChildren: false, sharedOrganizations: [other] };
    const { status } = await sandbox.console("POST", `${application.path(String(args.application))}/share`, body);
    if (status > 299) throw new Error(`sharing by hand: ${status}`);
  },
  found: (tenant, args) => (isShared(tenant, args.application) ? [String(args.application)] : []),

  inStories: {
    key: () => undefined,
    declared: fc
      .uniqueArray(fc.nat(2), { maxLength: 2 })
      .map((apps) => (earlier) => apps.flatMap((app) => declaredBy(app, earlier))),
    differences: async ({ tenant }, _, { id }) => {
      const lacking = organizationsBelow(tenant).filter((one) => !sharedWith(tenant, id).includes(one.id));
      return [
        ...(isForAll(tenant, id) ? [] : [`${id} is not shared with all`]),
        ...lacking.map(({ name }) => `${name} does not have it`),
      ];
    },
    objects: () => [],
    edits,
    drastic: ["share with nobody"],
  },
};
