import { z } from "zod";
import type { Api } from "../api/api";
import { path } from "../api/path";
import { distinct, distinctBy, nonEmptyText, oneOf } from "../core/checks";
import type { Properties } from "../core/clean";
import { controlArgs } from "../core/controls";
import type { Definition, Match } from "../core/definition";
import type { Run } from "../core/run";
import { argsOf, keyed, type Plain } from "../core/schema";
import { isUnknown } from "../core/unknown";
import { AsgardeoError, hasCode, PartialCreateError, reasonOf } from "../errors";
import { applicationText } from "./api-authorization.references";
import { readableApplications } from "./application/directory";
import { elementsOf, shareFailures, shareReferences } from "./application-share/ahead";
import { lackingOf, untilShared } from "./application-share/background";
import { formOf } from "./application-share/detection";
import type { Form } from "./application-share/form";
import { sharePath } from "./application-share/new-form";
import { argsOfShared, isNothing, isShared, planFor, type Shared, wantedBy } from "./application-share/sharing";
import type { ApplicationShareArgs, RoleSharingArgs, SharedOrganizationArgs } from "./application-share.args";
import { refuseEndOfShare } from "./bootstrap";
import { isObject } from "./wire";

type Args = Plain<ApplicationShareArgs>;

const roleSharing = argsOf<RoleSharingArgs>()({
  mode: oneOf(["ALL", "NONE", "SELECTED"]),
  roles: distinct().optional(),
}).superRefine(({ mode, roles }, ctx) => {
  const refuse = (message: string) => ctx.addIssue({ code: "custom", path: ["roles"], message });
  if (mode === "SELECTED" && (roles ?? []).length === 0)
    refuse("must name at least one role; else say the mode `NONE`");
  if (mode !== "SELECTED" && roles) refuse(`is for the mode \`SELECTED\`, and the mode is \`${mode}\`; take it out`);
});

const organizations = z
  .array(
    argsOf<SharedOrganizationArgs>()({
      organization: nonEmptyText,
      withChildren: z.boolean().optional(),
      roleSharing: roleSharing.optional(),
    }),
  )
  .min(1, "must not be empty: to share the application with nobody, take the resource out")
  .superRefine(distinctBy("organization"));

const args = argsOf<ApplicationShareArgs>()({
  application: nonEmptyText,
  allOrganizations: z.boolean().optional(),
  organizations: keyed("organization", organizations).optional(),
  roleSharing: roleSharing.optional(),
  ...controlArgs,
});

export const applicationShare: Definition<ApplicationShareArgs, object> = {
  type: "ApplicationShare",
  args: args.superRefine((given, ctx) => {
    const refuse = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    const isForAll = given.allOrganizations === true;
    if (isForAll && given.organizations)
      refuse("organizations", "is not for `allOrganizations: true`; take one of them out");
    if (!isForAll && !given.organizations)
      refuse("organizations", "missing: list the organizations, or say `allOrganizations: true`");
    if (!isForAll && given.roleSharing)
      refuse("roleSharing", "is for `allOrganizations: true`; give it to each of `organizations`");
  }),
  outputs: [],
  replaceOn: ["application"],
  secrets: [],
  needs: {
    create: [],
    read: ["internal_application_mgt_view"],
    update: [],
    delete: [],
    optionalView: ["internal_shared_application_view"],
    optionalWrite: [
      "internal_shared_application_view",
      "internal_shared_application_create",
      "internal_shared_application_delete",
    ],
    atTimes: [
      "internal_application_mgt_create",
      "internal_application_mgt_delete",
      "internal_application_mgt_update",
      "internal_async_operation_status_view",
      "internal_organization_view",
    ],
  },

  keys: ["application"],
  path: (id) => sharePath(id),
  probe: readableApplications,
  references: shareReferences,
  match,
  verify: shareFailures,

  async create(api, args, run) {
    const { application } = args;
    await settled(args, run);
    await api.inTurn(application, async () => {
      const form = await formOf(api);
      await brought(api, form, args, run, nothing, true);
    });
    return { id: application, outputs: {} };
  },

  async read(api, id, { args }) {
    const shared = await (await formOf(api)).read(api, id, wantedBy(args));
    return isShared(shared) ? { args: { application: id, ...argsOfShared(shared, args) }, outputs: {} } : undefined;
  },

  async update(api, id, args, { args: old }, run) {
    await settled(args, run);
    await api.inTurn(id, async () => {
      const form = await formOf(api);
      const live = (await form.read(api, id, wantedBy(old))) ?? (await proved(api, id));
      await brought(api, form, args, run, live, false, old);
    });
    return {};
  },

  async delete(api, id, { args }, run) {
    await refuseEndOfShare(api, id);
    await api.inTurn(id, async () => {
      const form = await formOf(api);
      try {
        await form.end(api, id);
      } catch (error) {
        if (hasCode(error, "ORG-60035")) await proved(api, id);
        throw error;
      }
      // A share that begins before this one has ended would be ended with it.
      await api.eventually({
        what: `${applicationText(run, id)} is shared with no organization any more`,
        look: async () =>
          isShared(await form.read(api, id, wantedBy({ ...args, allOrganizations: false }))) ? undefined : true,
      });
      await backToTenantFlow(api, id, run);
    });
  },
};

/**
 * Sharing has made a copy of the tenant's own login flow, and its end leaves the copy. An application of this program that
 * declares the tenant's flow has been updated before the share ends, so nobody else would put it right in this run.
 */
async function backToTenantFlow(api: Api, id: string, run: Run): Promise<void> {
  const flow = run.program.find("Application", undefined, id)?.args.authenticationSequence;
  if (!isObject(flow) || flow.type !== "DEFAULT") return;
  const body = { authenticationSequence: { type: "DEFAULT" } };
  await api.needing("internal_application_mgt_update").patch(path`/api/server/v1/applications/${id}`, body);
}

const nothing: Shared = { all: undefined, organizations: [] };

/** Brings the application from how it is shared to the args, and waits until it is. */
async function brought(
  api: Api,
  form: Form,
  args: Args,
  run: Run,
  live: Shared,
  isNew: boolean,
  old: Partial<Args> = {},
): Promise<void> {
  const { application } = args;
  const wanted = wantedBy(args);
  const before = wantedBy(old);
  const planned = planFor(wanted, live, before);
  // Where some could not get it at first, an update without a change tries again.
  const isToTryAgain = wanted.all !== undefined && isNothing(planned) && (await lackingOf(api, live)).length > 0;
  const plan = isToTryAgain ? { ...planned, all: wanted.all } : planned;
  if (isNothing(plan)) return;
  try {
    await form.carryOut(api, run, application, plan, wanted, before);
  } catch (error) {
    throw hasCode(error, "ORG-60035")
      ? new AsgardeoError(
          `application: there is no application with the id ${application} in this tenant. (${error.message})`,
          {
            cause: error,
          },
        )
      : error;
  }
  const what = applicationText(run, application);
  try {
    await untilShared(api, form, application, what, wanted, isNew);
  } catch (error) {
    throw new PartialCreateError(application, {}, [reasonOf(error)], { cause: error });
  }
}

/** The error of the server that says that the application is gone. */
async function proved(api: Api, id: string): Promise<never> {
  await api.get(sharePath(id), z.unknown());
  throw new AsgardeoError(`ApplicationShare ${id}: the answers of the server contradict each other. Run again.`);
}

/** Organizations of this program that are named by text may have to be made, or changed, first. */
async function settled(args: Args, run: Run): Promise<void> {
  for (const { element } of elementsOf(args)) {
    const ours = run.program.find("Organization", undefined, String(element.organization));
    if (ours) await run.program.settled(ours);
  }
}

/** The share of the declared application, where it is shared with anybody. */
async function match(api: Api, { application }: Properties, run: Run, afresh = false): Promise<Match | undefined> {
  if (typeof application !== "string" || isUnknown(application)) return undefined;
  const found = { id: application, what: `the sharing of ${applicationText(run, application)}` };
  // An application that this run has made is shared with nobody but by this run.
  if (!afresh && run.program.isMade("Application", application)) {
    return run.program.isMade("ApplicationShare", application) ? found : undefined;
  }
  const shared = await (await formOf(api)).read(api, application, wantedBy({}));
  return isShared(shared) ? found : undefined;
}
