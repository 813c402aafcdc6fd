import { Hono } from "hono";
import type { Services } from "../gate";
import { scimUrl } from "../scim/answer";
import { scimList } from "../scim/list";
import { coreSchema, extensionsOf } from "../user/schemas";

const headers = { "Content-Type": "application/scim+json" };

/** What anybody may ask about the SCIM APIs. */
export function scimDiscoveryRoutes(services: Services): Hono {
  const routes = new Hono();

  routes.get("/scim2/ServiceProviderConfig", (context) =>
    context.body(JSON.stringify(configuration(services)), 200, headers),
  );

  routes.get("/scim2/ResourceTypes", (context) => {
    const list = scimList(resourceTypes(services), { startIndex: 1, count: undefined }, (type) => type);
    return context.body(JSON.stringify(list), 200, headers);
  });

  return routes;
}

/** The hosted service can do more: what is not served here is not promised. */
function configuration(services: Services): object {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: 100 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        name: "OAuth Bearer Token",
        description: "An access token of the tenant",
        type: "oauthbearertoken",
        primary: true,
      },
    ],
    meta: { location: `${scimUrl(services)}/ServiceProviderConfig`, resourceType: "ServiceProviderConfig" },
  };
}

function resourceTypes(services: Services): object[] {
  const common = (name: string) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: name,
    name,
    endpoint: `/${name}s`,
    meta: { location: `${scimUrl(services)}/ResourceTypes/${name}`, resourceType: "ResourceType" },
  });
  const extensions = extensionsOf(services.store.tenant.server).map((schema) => ({ schema, required: false }));
  return [
    { ...common("User"), description: "User Account", schema: coreSchema, schemaExtensions: extensions },
    { ...common("Group"), description: "Group", schema: "urn:ietf:params:scim:schemas:core:2.0:Group" },
  ];
}
