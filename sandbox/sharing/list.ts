import type { Application } from "../models/application";
import type { Organization } from "../organization/collection";
import { organizationFilter } from "../organization/filter";
import { organizationItem, organizationPath } from "../organization/render";
import { ancestorsOf, childrenOf, organizationOf } from "../organization/tree";
import { crash, malformedBody } from "../refusal";
import type { Store } from "../store";
import type { SharedOrganization } from "./collection";
import { sharedRoles } from "./roles";
import { shareOf } from "./rules";

type Query = Readonly<Record<string, string>>;

interface Place {
  readonly key: number;
  readonly shared: SharedOrganization;
  readonly organization: Organization;
}

/** The answer of GET /applications/{id}/share in the new form. */
export function shareList(store: Store, application: Application, query: Query): object {
  const share = shareOf(store, application.id);
  const after = cursor(query.after);
  const before = cursor(query.before);
  const limit = limitOf(query.limit);
  const matches = organizationFilter(query.filter);
  const found = placesOf(store, share.organizations)
    .filter(({ organization }) => query.recursive !== "false" || organization.parentId === store.organizationId)
    .filter(({ organization }) => matches(organization))
    .filter(({ key }) => (after === undefined || key > after) && (before === undefined || key < before));
  const page = before === undefined ? found.slice(0, limit) : found.slice(Math.max(found.length - limit, 0));
  const withMode = (query.attributes ?? "").split(",").includes("sharingMode");
  const withRoles = !(query.excludedAttributes ?? "").split(",").includes("roles");
  const { future } = share;
  const links = linksOf(store, application, query, page, found.length > limit);
  return {
    ...(links.length > 0 && { links }),
    ...(withMode && future && { sharingMode: { policy: "ALL_EXISTING_AND_FUTURE_ORGS", roleSharing: future } }),
    ...(page.length > 0 && {
      organizations: page.map((place) => itemOf(store, application, place, withMode, withRoles)),
    }),
  };
}

/** The answer in the old form: of each organization the least that its own list says. */
export function oldShareList(store: Store, application: Application): object {
  const { tenant } = store;
  const places = placesOf(store, shareOf(store, application.id).organizations);
  if (places.length === 0) return {};
  return {
    organizations: places.map(({ organization: { id, name, status } }) => ({
      ...{ id, name, status },
      ref: organizationPath(tenant, id),
    })),
  };
}

/** The answer from the side of the organization that has the application: organizations as in their own list. */
export function sharedOrganizationList(store: Store, { id }: Application): object {
  const places = placesOf(store, shareOf(store, id).organizations);
  if (places.length === 0) return {};
  return { organizations: places.map(({ organization }) => organizationItem(store.tenant, organization)) };
}

function placesOf({ tenant }: Store, organizations: readonly SharedOrganization[]): Place[] {
  return organizations.flatMap((shared, index) => {
    const organization = organizationOf(tenant, shared.id);
    return organization ? [{ key: index + 1, shared, organization }] : [];
  });
}

function itemOf(
  store: Store,
  application: Application,
  { shared, organization }: Place,
  withMode: boolean,
  withRoles: boolean,
): object {
  const { tenant } = store;
  const { id, name, orgHandle, parentId, status } = organization;
  // The answer has no word for a share with one organization alone.
  const policy = shared.withChildren ? { policy: "SELECTED_ORG_WITH_ALL_EXISTING_AND_FUTURE_CHILDREN" } : {};
  return {
    id,
    name,
    orgHandle,
    parentId,
    status,
    ref: organizationPath(tenant, id),
    hasChildren: childrenOf(tenant, id).length > 0,
    depthFromRoot: ancestorsOf(tenant, organization).length,
    ...(withRoles && { roles: sharedRoles(tenant, application, shared.roleSharing) }),
    ...(withMode && shared.isNamed && { sharingMode: { ...policy, roleSharing: shared.roleSharing } }),
  };
}

function linksOf(store: Store, { id }: Application, query: Query, page: readonly Place[], more: boolean): object[] {
  const [first] = page;
  const last = page.at(-1);
  if (!first || !last) return [];
  const isFirst = query.before ? !more : !query.after;
  const isLast = !more && !query.before;
  const base = `/t/${store.tenant.organization}/api/server/v1/applications/${id}/share`;
  const link = (rel: string, name: string, { key }: Place) => {
    const parameters = new URLSearchParams({ limit: query.limit ?? "", recursive: query.recursive ?? "true" });
    if (query.filter) parameters.set("filter", query.filter);
    parameters.set(name, Buffer.from(String(key)).toString("base64"));
    return { href: `${base}?${parameters}`, rel };
  };
  return [...(isFirst ? [] : [link("previous", "before", first)]), ...(isLast ? [] : [link("next", "after", last)])];
}

/** All of them where no limit is given. */
function limitOf(text: string | undefined): number {
  if (text === undefined) return Number.MAX_SAFE_INTEGER;
  if (!/^\d+$/.test(text)) throw malformedBody();
  return Number(text);
}

/** The server does not look at what a cursor is, and falls over one that is no number. */
function cursor(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const decoded = Buffer.from(text, "base64").toString("latin1");
  if (!/^\d+$/.test(decoded)) throw crash();
  return Number(decoded);
}
