import { z } from "zod";
import type { Api } from "../api/api";
import { nonEmptyText, oneOf } from "../core/checks";
import type { Properties } from "../core/clean";
import { controlArgs } from "../core/controls";
import type { Definition, Known } from "../core/definition";
import type { Run } from "../core/run";
import { argsOf, decided, type Plain } from "../core/schema";
import { AsgardeoError, hasCode, isConflict, isGone, PartialCreateError, reasonOf } from "../errors";
import { organizationFailures, organizationReferences, twinHandles } from "./organization/ahead";
import { operationsTo } from "./organization/changes";
import { postedOrganization } from "./organization/creation";
import {
  listedWithId,
  matchOrganization,
  noteWrite,
  organizationsWith,
  readableOrganizations,
} from "./organization/directory";
import { deletionRefused, refusalInArgs } from "./organization/refusals";
import {
  argsOfItem,
  organizationFromWire,
  organizationPath,
  organizationText,
  organizationWire,
  organizationWithId,
  outputsOf,
} from "./organization/wire";
import type { OrganizationArgs, OrganizationOutputs } from "./organization.args";

type Args = Plain<OrganizationArgs>;

/** The server cuts blanks off, and would show another text from then on. */
const trimmed = nonEmptyText.refine((text) => text === text.trim(), "has a blank at an end; take it away");

const organizationName = trimmed
  .refine((name) => !/<[^>]*>/.test(name), "has HTML in it, which the server refuses; write it without")
  .refine((name) => name.toLowerCase() !== "super", "is a name of the server itself; choose another");

const handle = nonEmptyText.regex(
  /^[a-z0-9_-][a-z0-9._-]*$/,
  "must be of lower-case letters, digits, `.`, `_` and `-`, and not begin with `.`, such as `central-hospital`",
);

export const organization: Definition<OrganizationArgs, OrganizationOutputs> = {
  type: "Organization",
  args: argsOf<OrganizationArgs>()({
    name: organizationName,
    orgHandle: decided(handle).optional(),
    description: z
      .string()
      .refine((text) => text === text.trim(), "has a blank at an end; take it away")
      .optional(),
    parentId: decided(z.string().min(1, "must not be empty; leave it out instead")).optional(),
    attributes: z.record(trimmed, trimmed).optional(),
    status: oneOf(["ACTIVE", "DISABLED"]).optional(),
    ...controlArgs,
  }),
  outputs: ["orgHandle", "parentId"],
  replaceOn: ["orgHandle", "parentId"],
  secrets: [],
  needs: {
    create: ["internal_organization_create"],
    read: ["internal_organization_view"],
    update: ["internal_organization_update"],
    delete: ["internal_organization_delete"],
    atTimes: ["internal_org_organization_create"],
  },

  keys: ["name"],
  path: (id) => organizationPath(id),
  probe: readableOrganizations,
  references: organizationReferences,
  match: (api, args, _, afresh) => matchOrganization(api, args, afresh),
  // A new one is active, and disabled by a second request.
  mayNeed: ({ status }, old) => (!old && status === "DISABLED" ? ["internal_organization_update"] : []),
  verify: organizationFailures,
  agree: twinHandles,

  async create(api, args, run) {
    const made = await posted(api, args, run);
    const { id } = made;
    const outputs = { orgHandle: undefined, parentId: undefined, ...outputsOf(made) };
    if (args.status !== "DISABLED") return { id, outputs };
    try {
      await api
        .needing("internal_organization_update")
        .patch(organizationPath(id), [{ operation: "REPLACE", path: "/status", value: "DISABLED" }]);
      return { id, outputs };
    } catch (error) {
      throw new PartialCreateError(id, { ...outputs }, [
        `${organizationText({ name: args.name, id })} was created, but could not be disabled. The next \`pulumi up\` does it. ${reasonOf(error)}`,
      ]);
    }
  },

  async read(api, id, { args, outputs }) {
    // A list tells neither the description nor what is above it; the latter never changes.
    const isTold = args.name !== undefined && args.description === undefined && outputs.parentId !== undefined;
    const item = isTold ? await listedWithId(api, id) : undefined;
    if (item) {
      const more = { parentId: outputs.parentId, orgHandle: item.orgHandle ?? undefined };
      const known = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
      return { args: { ...argsOfItem(item), ...known }, outputs: known };
    }
    const live = await api.find(organizationPath(id), organizationWire);
    if (live) return organizationFromWire(live);
    await refuseIfListed(api, id);
    return undefined;
  },

  async update(api, id, args, { args: old, outputs }) {
    await noteWrite(api, id);
    api.drop(organizationWithId, id);
    // What is adopted has no args in state: how it is, the server tells.
    const isKnown = old.name !== undefined;
    if (isKnown && (await isChanged(api, id, args, old))) return withAll(outputs);
    const live = organizationFromWire(await api.get(organizationPath(id), organizationWire));
    await patch(api, id, args, operationsTo(args, old, live.args));
    return withAll(live.outputs);
  },

  async delete(api, id, { args, outputs }, run) {
    refuseLossOfHandle(run, args, outputs);
    await noteWrite(api, id);
    api.drop(organizationWithId, id);
    try {
      await api.delete(organizationPath(id));
    } catch (error) {
      if (isGone(error)) await refuseIfListed(api, id);
      const what = args.name === undefined ? `the organization ${id}` : organizationText({ name: args.name, id });
      throw await deletionRefused(api, id, what, error);
    }
  },
};

function withAll(outputs: Partial<OrganizationOutputs>): Known<OrganizationOutputs> {
  return { orgHandle: undefined, parentId: undefined, ...outputs };
}

async function posted(api: Api, args: Args, run: Run) {
  try {
    return await postedOrganization(api, args, run);
  } catch (error) {
    throw await refusalInArgs(api, args, error, "create");
  }
}

/** Whether one PATCH did it: by what the state says, and not where somebody has changed the same behind our back. */
async function isChanged(api: Api, id: string, args: Args, old: Partial<Args>): Promise<boolean> {
  const operations = operationsTo(args, old, old);
  if (operations.length === 0) return false;
  try {
    await api.patch(organizationPath(id), operations);
    return true;
  } catch (error) {
    // An attribute that is gone already, or the new name that the organization has already.
    const mayBeDone = hasCode(error, "ORG-60019") || hasCode(error, "ORG-60020") || isConflict(error);
    if (mayBeDone) return false;
    throw await refusalInArgs(api, args, error, "change", id);
  }
}

async function patch(api: Api, id: string, args: Args, operations: ReturnType<typeof operationsTo>): Promise<void> {
  if (operations.length === 0) return;
  try {
    await api.patch(organizationPath(id), operations);
  } catch (error) {
    throw await refusalInArgs(api, args, error, "change", id);
  }
}

/** Pulumi does not tell that a deletion is for a replacement by force: the same organization is still to be made then. */
function refuseLossOfHandle(run: Run, { name }: Partial<Args>, { orgHandle }: Partial<OrganizationOutputs>): void {
  const isSame = (args: Properties) => args.name === name && args.orgHandle === orgHandle;
  const next = run.program.all("Organization").find(({ args, isPending }) => isPending && isSame(args));
  if (orgHandle === undefined || !next) return;
  throw new AsgardeoError(
    `orgHandle: it is to be replaced by force, and its handle ${JSON.stringify(orgHandle)} could not be had again. Nothing was deleted. Give it another orgHandle, or take that out, and run again.`,
  );
}

/**
 * After an answer that it is gone. An organization that the caller is not above gets the same answer, and its name may have
 * changed since, so it is looked for by its id in the list as well.
 */
async function refuseIfListed(api: Api, id: string): Promise<void> {
  const [found] = await organizationsWith(api, "id", id);
  if (!found) return;
  throw new AsgardeoError(
    `Organization ${id}: the server answers that it does not exist, and lists it nevertheless (${organizationText(found)}), so one of its answers is old. It stays in the state. Run again.`,
  );
}
