import { type Condition, conditionsOf, type Filter, parseFilter, satisfies } from "../filter";
import type { Application } from "../models/application";
import { applicationError, malformedBody } from "../refusal";
import type { Tenant } from "../tenant";
import { knows, type Server, withoutLacking } from "../versions";
import { advancedConfigurationsOf } from "./advanced";
import { selfOf } from "./render";

const DEFAULT_LIMIT = 30;
const MAXIMUM_LIMIT = 30;
const operators = new Set(["eq", "sw", "co", "ew"]);

type Query = Readonly<Record<string, string>>;

/** The answer of GET /applications: newest first. */
export function listAnswer(tenant: Tenant, query: Query): unknown {
  if (query.sortBy !== undefined || query.sortOrder !== undefined) {
    throw applicationError("APP-65002", "Sorting is not supported.", "Operation not supported.");
  }
  const asked = integer(query.limit) ?? DEFAULT_LIMIT;
  const limit = asked <= 0 ? DEFAULT_LIMIT : Math.min(asked, MAXIMUM_LIMIT);
  const offset = Math.max(integer(query.offset) ?? 0, 0);
  const attributes = attributesOf(query.attributes, tenant.server);
  const filter = filterOf(query.filter);
  const shown = new Set([...attributes, ...(filter ? conditionsOf(filter).map(({ attribute }) => attribute) : [])]);
  const found = tenant.applications
    .filter((application) => query.excludeSystemPortals !== "true" || !application.system)
    .filter((application) => !filter || satisfies(filter, (condition) => holds(application, condition)))
    .reverse();
  const page = found.slice(offset, offset + limit);
  return {
    totalResults: found.length,
    startIndex: offset + 1,
    count: page.length,
    applications: page.map((application) => itemOf(tenant, application, shown)),
    links: linksOf(tenant, query, { offset, limit, total: found.length }),
  };
}

function integer(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d+$/.test(text)) throw malformedBody();
  return Number(text);
}

function attributesOf(text: string | undefined, server: Server): string[] {
  const allowed = ["advancedConfigurations", "templateId", "clientId", "issuer", "associatedRoles.allowedAudience"];
  if (knows(server, "listOfEnabled")) allowed.push("templateVersion", "applicationEnabled");
  // A trailing comma is tolerated.
  const names = (text ?? "").split(",").filter(Boolean);
  const unknown = names.find((name) => !allowed.includes(name));
  if (unknown !== undefined) throw applicationError("APP-60505", `Invalid attribute name: ${unknown}.`);
  return names;
}

function filterOf(text: string | undefined): Filter | undefined {
  if (!text) return undefined;
  const filter = parseFilter(text);
  const sound =
    filter &&
    conditionsOf(filter).every(
      ({ attribute, operator }) => ["name", "clientId", "issuer"].includes(attribute) && operators.has(operator),
    );
  if (!sound) throw applicationError("APP-60004", `Invalid filter: ${text}.`, "Invalid filter.");
  return filter;
}

/** As the database compares: LIKE, without regard to case, with `_` and `*` as wildcards. */
function holds(application: Application, { attribute, operator, value }: Condition): boolean {
  const actual = { name: application.name, clientId: application.oidc?.clientId, issuer: application.saml?.issuer }[
    attribute
  ];
  if (actual === undefined) return false;
  const pattern = value
    .replace(/[.+?^${}()|[\]\\-]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("_", ".");
  const before = operator === "co" || operator === "ew" ? ".*" : "";
  const after = operator === "co" || operator === "sw" ? ".*" : "";
  return new RegExp(`^${before}${pattern}${after}$`, "is").test(actual);
}

function itemOf(tenant: Tenant, application: Application, shown: ReadonlySet<string>): unknown {
  const { associatedRoles, oidc } = application;
  const item = {
    id: application.id,
    name: application.name,
    description: application.description,
    applicationVersion: application.applicationVersion,
    image: application.imageUrl,
    accessUrl: application.accessUrl,
    access: application.system ? "READ" : "WRITE",
    self: selfOf(tenant, application.id),
    ...(shown.has("clientId") && { clientId: oidc?.clientId ?? "" }),
    ...(shown.has("issuer") && { issuer: application.saml?.issuer ?? "" }),
    ...(shown.has("templateId") && { templateId: application.templateId }),
    ...(shown.has("templateVersion") && { templateVersion: application.templateVersion }),
    ...(shown.has("applicationEnabled") && { applicationEnabled: application.applicationEnabled }),
    ...(shown.has("advancedConfigurations") && {
      advancedConfigurations: advancedConfigurationsOf(application),
    }),
    ...(shown.has("associatedRoles.allowedAudience") && {
      associatedRoles: { allowedAudience: associatedRoles.allowedAudience },
    }),
  };
  return withoutLacking("application", item, tenant.server);
}

interface Place {
  readonly offset: number;
  readonly limit: number;
  readonly total: number;
}

function linksOf({ organization }: Tenant, query: Query, { offset, limit, total }: Place): object[] {
  const link = (rel: string, at: number) => {
    const parameters = new URLSearchParams({ offset: String(at), limit: String(limit) });
    for (const name of ["attributes", "filter"]) if (query[name]) parameters.set(name, query[name]);
    return { href: `/t/${organization}/api/server/v1/applications?${parameters}`, rel };
  };
  return [
    ...(offset + limit < total ? [link("next", offset + limit)] : []),
    ...(offset > 0 ? [link("previous", Math.max(offset - limit, 0))] : []),
  ];
}
