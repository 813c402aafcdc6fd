import { Hono } from "hono";
import { z } from "zod";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { discoveryCreation, discoveryReplacement } from "../models/organization";
import type { DiscoveryAttribute, Organization } from "../organization/collection";
import { bad, checkedDiscovery, isDiscoveryAvailable } from "../organization/discovery";
import { organizationLimit } from "../organization/list";
import { organizationNotFound } from "../organization/refusals";
import { descendantsOf, organizationOf } from "../organization/tree";
import { malformedBody, Refusal } from "../refusal";

const view = needs("internal_organization_discovery_view");
const update = needs("internal_organization_discovery_update");
const remove = needs("internal_organization_discovery_delete");
const check = z.object({ type: z.string(), value: z.string() });

/** /organizations/discovery and /organizations/{id}/discovery: what organizations are found by when somebody signs in. */
export function organizationDiscoveryRoutes({ store }: Services): Hono<Env> {
  const { tenant } = store;
  const routes = new Hono<Env>();

  routes.post("/discovery", update, async (context) => {
    const { organizationId, attributes } = parseBody(discoveryCreation, await readJson(context.req));
    const organization = found(organizationId);
    if (organization.discoveryAttributes.length > 0) {
      throw bad(60085, `The organization with ID: ${organizationId} already has discovery attributes.`);
    }
    const checked = checkedDiscovery(tenant, organization, attributes);
    keep(organization, checked);
    return context.json({ attributes: checked }, 201);
  });

  routes.get("/discovery", view, (context) => {
    const { filter, offset: from = "0", limit: asked } = context.req.query();
    const limit = organizationLimit(asked);
    if (!/^-?\d+$/.test(from)) throw malformedBody();
    const offset = Number(from);
    if (offset < 0) throw new Refusal(400, "UE-10000", "Invalid Request", "Property offset is too small: at least 0.");
    // Nothing is asked for, so nothing is counted.
    const all = limit === 0 ? [] : descendantsOf(tenant, store.organizationId).filter(discoveryFilter(filter));
    const page = all.slice(offset, offset + limit);
    return context.json({
      totalResults: all.length,
      startIndex: offset + 1,
      count: page.length,
      links: [],
      ...(limit > 0 && {
        organizations: page.map(({ id, name, orgHandle, discoveryAttributes }) => ({
          organizationId: id,
          organizationName: name,
          orgHandle,
          attributes: discoveryAttributes,
        })),
      }),
    });
  });

  routes.get("/:id/discovery", view, (context) => {
    const { discoveryAttributes } = found(context.req.param("id"));
    return context.json({ attributes: discoveryAttributes });
  });

  routes.put("/:id/discovery", update, async (context) => {
    const { attributes } = parseBody(discoveryReplacement, await readJson(context.req));
    const organization = found(context.req.param("id"));
    const checked = checkedDiscovery(tenant, organization, attributes);
    keep(organization, checked);
    return context.json({ attributes: checked });
  });

  routes.delete("/:id/discovery", remove, (context) => {
    keep(found(context.req.param("id")), []);
    return context.body(null, 204);
  });

  function found(id: string): Organization {
    const organization = organizationOf(tenant, id);
    if (!organization) throw organizationNotFound(id);
    return organization;
  }

  function keep({ id }: Organization, discoveryAttributes: DiscoveryAttribute[]): void {
    store.change(() => {
      const organization = organizationOf(tenant, id);
      if (organization) organization.discoveryAttributes = discoveryAttributes;
    });
  }

  return routes;
}

/** /organizations/check-discovery: the only call of these that an organization below the tenant has as well. */
export function discoveryCheckRoutes({ store }: Services): Hono<Env> {
  const routes = new Hono<Env>();

  routes.post("/check-discovery", view, async (context) => {
    const { type, value } = parseBody(check, await readJson(context.req));
    return context.json({ available: isDiscoveryAvailable(store.tenant, type, value) });
  });

  return routes;
}

/** Those that are found by something, or by what a filter names: `organizationName eq …`, `attributes.type eq …`. */
function discoveryFilter(text: string | undefined): (organization: Organization) => boolean {
  const has = ({ discoveryAttributes }: Organization) => discoveryAttributes.length > 0;
  if (!text?.trim()) return has;
  const [, attribute, operator = "", value = ""] = /^\s*(\S+)\s+(eq|co|sw|ew)\s+(.+?)\s*$/i.exec(text) ?? [];
  const holds = (actual: string) => {
    if (operator.toLowerCase() === "eq") return actual === value;
    if (operator.toLowerCase() === "co") return actual.includes(value);
    return operator.toLowerCase() === "sw" ? actual.startsWith(value) : actual.endsWith(value);
  };
  const members: Readonly<Record<string, (organization: Organization) => readonly string[]>> = {
    organizationId: ({ id }) => [id],
    organizationName: ({ name }) => [name],
    orgHandle: ({ orgHandle }) => [orgHandle],
    "attributes.type": ({ discoveryAttributes }) => discoveryAttributes.map(({ type }) => type),
    "attributes.value": ({ discoveryAttributes }) => discoveryAttributes.flatMap(({ values }) => values),
  };
  const textsOf = attribute === undefined ? undefined : members[attribute];
  if (!textsOf) throw bad(60023, `Unsupported filter attribute: ${attribute ?? text}.`);
  return (organization) => has(organization) && textsOf(organization).some(holds);
}
