import { z } from "zod";
import type { Api, Collection } from "../../api/api";
import { path } from "../../api/path";
import type { Run } from "../../core/run";
import { viewing } from "../organization/wire";
import { isObject } from "../wire";
import type { RoleSharing } from "./sharing";

/** For whom the roles of an application are, as the sharing API names it. */
interface Audience {
  readonly display: string;
  readonly type: "application" | "organization";
}

export interface WireRoleSharing {
  readonly mode: RoleSharing["mode"];
  readonly roles?: readonly { readonly displayName: string; readonly audience: Audience }[];
}

const applicationWire = z.looseObject({
  name: z.string(),
  associatedRoles: z.looseObject({ allowedAudience: z.string().nullish() }).nullish(),
});

const applicationWithRoles: Collection<z.infer<typeof applicationWire>> = {
  load: (api, id) =>
    api.needing("internal_application_mgt_view").get(path`/api/server/v1/applications/${id}`, applicationWire),
};

/** The tenant's own organization. */
const own: Collection<{ name: string }> = {
  load: (api) => viewing(api).get(path`/api/server/v1/organizations/self`, z.looseObject({ name: z.string() })),
};

/** For whom the roles of an application are; asked only where some are chosen. */
export async function audienceOf(
  api: Api,
  run: Run,
  application: string,
  sharings: readonly (RoleSharing | undefined)[],
): Promise<Audience | undefined> {
  if (!sharings.some((sharing) => sharing?.mode === "SELECTED")) return undefined;
  const { name, allowedAudience } = declaredIn(run, application) ?? (await live(api, application));
  if (allowedAudience.toUpperCase() === "APPLICATION") return { display: name, type: "application" };
  return { display: (await api.kept(own)).name, type: "organization" };
}

function declaredIn(run: Run, application: string): { name: string; allowedAudience: string } | undefined {
  const { name, associatedRoles } = run.program.find("Application", undefined, application)?.args ?? {};
  if (typeof name !== "string" || !isObject(associatedRoles)) return undefined;
  const { allowedAudience } = associatedRoles;
  return typeof allowedAudience === "string" ? { name, allowedAudience } : undefined;
}

async function live(api: Api, application: string): Promise<{ name: string; allowedAudience: string }> {
  const { name, associatedRoles } = await api.kept(applicationWithRoles, application);
  return { name, allowedAudience: associatedRoles?.allowedAudience ?? "ORGANIZATION" };
}

export function wireRoles({ mode, roles = [] }: RoleSharing, audience: Audience | undefined): WireRoleSharing {
  if (mode !== "SELECTED" || !audience) return { mode };
  return { mode, roles: roles.map((displayName) => ({ displayName, audience })) };
}
