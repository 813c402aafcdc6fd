import { type Context, Hono } from "hono";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { discoveryConfigurationModel } from "../models/organization";
import { Refusal } from "../refusal";

const scopeOf = (verb: string) => `internal_organization_config_${verb}`;
const keys = ["emailDomain.enable", "emailDomainBasedSelfSignup.enable", "defaultParam"];

type Property = { readonly key: string; readonly value: string };

/** /organization-configs/discovery: whether and how organizations are found when somebody signs in. */
export function discoveryConfigurationRoutes({ store, baseUrl }: Services): Hono<Env> {
  const { tenant } = store;
  const routes = new Hono<Env>();

  routes.get("/", needs(scopeOf("view")), (context) => {
    if (!tenant.discoveryConfiguration) throw notConfigured();
    return context.json({ properties: tenant.discoveryConfiguration });
  });

  routes.post("/", needs(scopeOf("add")), async (context) => {
    const properties = await propertiesOf(context);
    if (tenant.discoveryConfiguration) {
      throw refusal(409, 60003, "The discovery of organizations is configured already.");
    }
    keep(properties);
    const path = `/t/${tenant.organization}/api/server/v1/organization-configs/discovery`;
    return context.json({ properties }, 201, { Location: `${baseUrl()}${path}` });
  });

  routes.put("/", needs(scopeOf("update")), async (context) => {
    const properties = await propertiesOf(context);
    keep(properties);
    return context.json({ properties });
  });

  routes.delete("/", needs(scopeOf("delete")), (context) => {
    keep(null);
    return context.body(null, 204);
  });

  function keep(properties: Property[] | null): void {
    store.change(() => {
      tenant.discoveryConfiguration = properties;
    });
  }

  return routes;
}

async function propertiesOf(context: Context<Env>): Promise<Property[]> {
  const { properties } = parseBody(discoveryConfigurationModel, await readJson(context.req));
  const values = new Map(properties.map(({ key, value }) => [key, value]));
  const unknown = [...values.keys()].find((key) => !keys.includes(key));
  if (unknown !== undefined) throw refusal(400, 60004, `The discovery configuration ${unknown} is not supported.`);
  if (values.get("emailDomainBasedSelfSignup.enable") === "true" && values.get("emailDomain.enable") !== "true") {
    throw refusal(400, 60005, "Self sign-up by e-mail domain needs emailDomain.enable.");
  }
  const parameter = values.get("defaultParam");
  if (parameter !== undefined && !["orgHandle", "orgName"].includes(parameter)) {
    throw refusal(400, 60006, `The default parameter ${parameter} is neither orgHandle nor orgName.`);
  }
  return properties;
}

function notConfigured(): Refusal {
  return refusal(404, 60002, "The discovery of organizations is not configured.");
}

function refusal(status: 400 | 404 | 409, number: number, description: string): Refusal {
  return new Refusal(status, `OCM-${number}`, "Unable to handle the discovery configuration.", description);
}
