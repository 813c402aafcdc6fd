import { z } from "zod";
import type { Api } from "../../api/api";
import { idText } from "../../api/ids";
import { path } from "../../api/path";
import { isGone } from "../../errors";
import type { Form } from "./form";
import { audienceOf, type WireRoleSharing, wireRoles } from "./roles";
import type { Named, RoleSharing, Shared, SharedOrganization } from "./sharing";

export const sharePath = (application: string) => path`/api/server/v1/applications/${application}/share`;
const share = path`/api/server/v1/applications/share`;
const shareWithAll = path`/api/server/v1/applications/share-with-all`;
const unshare = path`/api/server/v1/applications/unshare`;
const unshareWithAll = path`/api/server/v1/applications/unshare-with-all`;

const withChildrenPolicy = "SELECTED_ORG_WITH_ALL_EXISTING_AND_FUTURE_CHILDREN";

const words = z.string().nullish();
const roleSharing = z.looseObject({
  mode: z.enum(["ALL", "NONE", "SELECTED"]),
  roles: z.array(z.looseObject({ displayName: z.string() })).nullish(),
});
const sharingMode = z.looseObject({ policy: words, roleSharing: roleSharing.nullish() });
const item = z.looseObject({ id: idText, name: words, parentId: words, sharingMode: sharingMode.nullish() });

/** What nobody has is an answer without members; anything else without one of these two is no answer. */
const answer = z
  .looseObject({ organizations: z.array(item).nullish(), sharingMode: sharingMode.nullish() })
  .refine(({ organizations, sharingMode, links: _, ...more }) => organizations || sharingMode || isEmpty(more));

function isEmpty(more: object): boolean {
  return Object.values(more).every((member) => member === undefined || member === null);
}

type Answer = z.infer<typeof answer>;

/** Sharing as WSO2 Identity Server 7.2 and Asgardeo have it: each call is answered before, or when, it is done. */
export const newForm: Form = {
  isNew: true,

  async read(api, application) {
    try {
      const query = { attributes: "sharingMode", excludedAttributes: "roles" };
      const at = sharePath(application);
      return sharedBy(await api.needing("internal_shared_application_view").get(at, answer, query));
    } catch (error) {
      if (isGone(error, sharePath(application).text)) return undefined;
      throw error;
    }
  },

  async carryOut(api, run, application, plan) {
    const roles = [plan.all, ...plan.share.map((one) => one.roleSharing)];
    const audience = await audienceOf(api, run, application, roles);
    const writing = api.needing("internal_shared_application_create");
    const post = (policy: string, given: WireRoleSharing) =>
      writing.post(shareWithAll, { applicationId: application, policy, roleSharing: given });
    if (plan.all) await post("ALL_EXISTING_AND_FUTURE_ORGS", wireRoles(plan.all, audience));
    // Those that have it keep it by this call; who is not to have it, loses it below.
    if (plan.endsAll) await post("ALL_EXISTING_ORGS_ONLY", { mode: "ALL" });
    if (plan.share.length > 0) {
      const organizations = plan.share.map((one) => ({
        orgId: one.id,
        policy: one.withChildren ? withChildrenPolicy : "SELECTED_ORG_ONLY",
        roleSharing: wireRoles(one.roleSharing, audience),
      }));
      await writing.post(share, { applicationId: application, organizations });
    }
    if (plan.unshare.length === 0) return;
    await deleting(api).post(unshare, { applicationId: application, orgIds: plan.unshare });
  },

  end: (api, application) => deleting(api).post(unshareWithAll, { applicationId: application }),
};

function deleting(api: Api): Api {
  return api.needing("internal_shared_application_delete");
}

function sharedBy(live: Answer): Shared {
  const general = live.sharingMode;
  const isForAll = general?.policy === "ALL_EXISTING_AND_FUTURE_ORGS";
  return {
    all: isForAll ? rolesOf(general?.roleSharing) : undefined,
    organizations: (live.organizations ?? []).map(organizationOf),
  };
}

function organizationOf({ id, name, parentId, sharingMode }: z.infer<typeof item>): SharedOrganization {
  const named: Named | undefined = sharingMode
    ? { withChildren: sharingMode.policy === withChildrenPolicy, roleSharing: rolesOf(sharingMode.roleSharing) }
    : undefined;
  return { id, name: name ?? undefined, parentId: parentId ?? undefined, named };
}

function rolesOf(live: z.infer<typeof roleSharing> | null | undefined): RoleSharing {
  if (live?.mode !== "SELECTED") return { mode: live?.mode ?? "ALL" };
  return { mode: "SELECTED", roles: (live.roles ?? []).map(({ displayName }) => displayName) };
}
