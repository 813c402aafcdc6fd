import { z } from "zod";
import type { Api } from "../../api/api";
import { idText } from "../../api/ids";
import { path } from "../../api/path";
import { AsgardeoError, hasCode } from "../../errors";
import { organizationPages } from "../organization/directory";
import type { Form } from "./form";
import { isShared, type RoleSharing } from "./sharing";

const sharePath = (application: string) => path`/api/server/v1/applications/${application}/share`;
const organizationPath = (application: string, id: string) =>
  path`/api/server/v1/applications/${application}/share/${id}`;
const sharedApps = (application: string) => path`/api/server/v1/applications/${application}/shared-apps`;

const answer = z.union([
  z.looseObject({ sharedApplications: z.array(z.looseObject({ organizationId: idText })) }),
  z.strictObject({}),
]);

const allRoles: RoleSharing = { mode: "ALL" };

/** Sharing as WSO2 Identity Server 7.0 and 7.1 have it: with all roles, and nobody is told whether it is for all. */
export const oldForm: Form = {
  isNew: false,

  async read(api, application, declared) {
    const live = await viewing(api).find(sharedApps(application), answer);
    if (!live) return undefined;
    const ids = "sharedApplications" in live ? live.sharedApplications.map(({ organizationId }) => organizationId) : [];
    const isForAll = declared.all !== undefined && (ids.length > 0 || (await isWithoutOrganizations(api)));
    return { all: isForAll ? allRoles : undefined, organizations: ids.map((id) => ({ id })) };
  },

  async carryOut(api, _, application, plan, wanted, before) {
    const writing = api.needing("internal_application_mgt_create").mayNeed("internal_shared_application_create");
    const post = (sharedOrganizations: readonly string[]) =>
      writing.post(sharePath(application), { shareWithAllChildren: false, sharedOrganizations });
    if (plan.all) return writing.post(sharePath(application), { shareWithAllChildren: true });
    const ids = plan.share.map(({ id }) => id);
    if (before.all === undefined) {
      if (ids.length > 0) await post(ids);
      if (await areUnshared(api, application, plan.unshare)) return;
    }
    // What is shared with all cannot be taken from one: it ends as a whole and begins anew.
    await oldForm.end(api, application);
    await api.eventually({
      what: `the application ${application} is shared with no organization any more`,
      look: async () => (isShared(await oldForm.read(api, application, noWish)) ? undefined : true),
    });
    await post(wanted.organizations.map(({ id }) => id));
  },

  end: (api, application) => deleting(api).delete(sharedApps(application)),
};

const noWish = { all: undefined, organizations: [] };

function viewing(api: Api): Api {
  return api.needing("internal_application_mgt_view").mayNeed("internal_shared_application_view");
}

function deleting(api: Api): Api {
  return api.needing("internal_application_mgt_delete").mayNeed("internal_shared_application_delete");
}

async function areUnshared(api: Api, application: string, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) {
    try {
      await deleting(api).delete(organizationPath(application, id));
    } catch (error) {
      if (hasCode(error, "ORG-60069")) return false;
      throw error;
    }
  }
  return true;
}

/** Where there is no organization, what is shared with all is shared with none. */
async function isWithoutOrganizations(api: Api): Promise<boolean> {
  try {
    return (await organizationPages(api, { limit: 1 }).probe()).length === 0;
  } catch (error) {
    if (error instanceof AsgardeoError) return true;
    throw error;
  }
}
