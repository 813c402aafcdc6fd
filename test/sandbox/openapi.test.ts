import type { OpenAPIBackend } from "openapi-backend";
import type { Server } from "../../sandbox";
import { documentsOf, faultOf } from "./openapi-documents";
import { organizationStory, sharingStory } from "./openapi-organizations";
import { bookings, type Call, callerFor, sandboxFor, sharedJson, textAt, valueAt } from "./support";

/** Skipped where the documents are not at hand. */
const where = sharedJson("openapi") ? test : test.skip;

const oidc = {
  grantTypes: ["authorization_code", "refresh_token"],
  callbackURLs: ["https://web.example.com/cb"],
  allowedOrigins: ["https://web.example.com"],
  publicClient: true,
  pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
  accessToken: {
    type: "JWT",
    userAccessTokenExpiryInSeconds: 3600,
    applicationAccessTokenExpiryInSeconds: 3600,
    bindingType: "cookie",
    revokeTokensWhenIDPSessionTerminated: true,
    validateTokenBinding: false,
  },
  refreshToken: { expiryInSeconds: 86_400, renewRefreshToken: true },
  idToken: { expiryInSeconds: 3600, audience: ["aud"], encryption: { enabled: false, algorithm: "", method: "" } },
  logout: { backChannelLogoutUrl: "https://web.example.com/logout" },
};
const saml = {
  manualConfiguration: {
    issuer: "https://sp.example.com",
    assertionConsumerUrls: ["https://sp.example.com/acs"],
    attributeProfile: { enabled: true },
    singleSignOnProfile: { bindings: ["HTTP_POST", "HTTP_REDIRECT"] },
  },
};
const passiveSts = { realm: "https://rp.example.com", replyTo: "https://rp.example.com/reply" };
const application = {
  name: "web",
  description: "d",
  accessUrl: "https://web.example.com",
  templateId: "b9c5e11e-fc78-484b-9bec-015d247561b8",
  associatedRoles: { allowedAudience: "APPLICATION", roles: [] },
  claimConfiguration: { requestedClaims: [{ claim: { uri: "http://wso2.org/claims/emailaddress" }, mandatory: true }] },
  authenticationSequence: {
    type: "USER_DEFINED",
    steps: [{ id: 1, options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] }],
  },
  advancedConfigurations: { skipLoginConsent: true, discoverableByEndUsers: true },
  provisioningConfigurations: { inboundProvisioning: { proxyMode: false, provisioningUserstoreDomain: "PRIMARY" } },
  inboundProtocolConfiguration: { oidc, saml, passiveSts },
};

/** A caller that fails where a request or an answer is not as the documents say. */
function checked(call: Call, documents: readonly OpenAPIBackend[]): Call {
  return async (method, path, body) => {
    const answer = await call(method, path, body);
    const fault = faultOf(documents, { method, path, body }, answer);
    expect({ method, path, status: answer.status, fault }).toEqual({ method, path, status: answer.status });
    return answer;
  };
}

async function applicationStory(call: Call): Promise<string> {
  const { id } = await call("POST", "/applications", application);
  const path = `/applications/${id}`;
  const protocols = `${path}/inbound-protocols`;
  await call("POST", "/applications", application);
  await call("GET", path);
  await call("GET", "/applications?limit=2&offset=1");
  await call("GET", "/applications?attributes=advancedConfigurations,templateId,clientId,issuer&filter=name+eq+web");
  await call("GET", "/applications?filter=none");
  await call("PATCH", path, { description: "other", claimConfiguration: application.claimConfiguration });
  await call("PATCH", path, { name: "Console" });
  const { body } = await call("GET", `${protocols}/oidc`);
  const client = { clientId: textAt(body, "clientId"), clientSecret: textAt(body, "clientSecret") };
  await call("PUT", `${protocols}/oidc`, { ...oidc, ...client });
  await call("PUT", `${protocols}/oidc`, { grantTypes: ["refresh_token"], ...client });
  await call("PUT", `${protocols}/oidc`, { grantTypes: ["magic"], ...client });
  await call("POST", `${protocols}/oidc/revoke`);
  await call("POST", `${protocols}/oidc/regenerate-secret`);
  await call("GET", `${protocols}/oidc`);
  await call("GET", `${protocols}/`);
  await call("GET", `${protocols}/saml`);
  await call("PUT", `${protocols}/saml`, saml);
  await call("GET", `${protocols}/passive-sts`);
  await call("PUT", `${protocols}/passive-sts`, passiveSts);
  await call("GET", `${protocols}/ws-trust`);
  await call("GET", `${protocols}/mine`);
  await call("GET", "/applications/meta/inbound-protocols");
  await call("GET", "/applications/meta/inbound-protocols/oidc");
  return id;
}

async function apiResourceStory(call: Call, server: Server): Promise<string> {
  const { id } = await call("POST", "/api-resources", bookings);
  const path = `/api-resources/${id}`;
  await call("POST", "/api-resources", bookings);
  await call("GET", path);
  await call("PATCH", path, { description: "d", addedScopes: [{ name: "bookings:cancel" }] });
  await call("PATCH", path, { removedScopes: [] });
  await call("PATCH", "/api-resources/none", { name: "n" });
  await call("GET", "/api-resources/none");
  const { body } = await call("GET", "/api-resources?limit=3&attributes=properties");
  await call("GET", `/api-resources${new URL(textAt(valueAt(body, "links", 0), "href")).search}`);
  await call("GET", "/api-resources?filter=identifier+eq+none");
  await call("GET", "/api-resources?filter=none");
  await call("PUT", `${path}/scopes`, bookings.scopes);
  await call("GET", `${path}/scopes`);
  if (server !== "7.0") await call("PATCH", `${path}/scopes/bookings:read`, { displayName: "Read" });
  await call("GET", "/scopes?filter=name+sw+bookings");
  return id;
}

async function authorizationStory(call: Call, application: string, api: string): Promise<void> {
  const path = `/applications/${application}/authorized-apis`;
  await call("POST", path, { id: api, policyIdentifier: "RBAC", scopes: ["bookings:read"] });
  await call("POST", path, { id: api });
  await call("POST", path, { id: "none" });
  await call("GET", path);
  await call("PATCH", `${path}/${api}`, { addedScopes: ["bookings:write"], removedScopes: ["bookings:read"] });
  await call("PATCH", `${path}/none`, { addedScopes: [] });
  await call("DELETE", `${path}/${api}`);
}

describe.each(["asgardeo", "7.0", "7.1", "7.2"] as const)("the sandbox of %s", (server) => {
  where(
    "takes the requests and gives the answers of its OpenAPI documents",
    async () => {
      const documents = await documentsOf(server);
      if (!documents) throw new Error("The documents are gone.");
      const sandbox = await sandboxFor({ server });
      const free = await callerFor(sandbox);
      const call = checked(free, documents);
      const application = await applicationStory(call);
      await sharingStory(call, server === "asgardeo" ? call : free, server);
      if (server === "asgardeo") await organizationStory(call, free);
      const api = await apiResourceStory(call, server);
      await authorizationStory(call, application, api);
      if (server === "asgardeo") {
        const scope = textAt(valueAt((await call("GET", `/api-resources/${api}/scopes`)).body, 0), "id");
        await call("PATCH", `/api-resources/${api}/scopes/id/${scope}`, { displayName: "d" });
        await call("DELETE", `/api-resources/${api}/scopes/id/${scope}`);
      }
      await call("DELETE", `/api-resources/${api}/scopes/bookings:write`);
      await call("DELETE", `/api-resources/${api}`);
      for (const protocol of ["oidc", "saml", "passive-sts", "ws-trust"]) {
        await call("DELETE", `/applications/${application}/inbound-protocols/${protocol}`);
      }
      await call("GET", `/applications/${application}`);
      await call("GET", `/applications/${application}/inbound-protocols/oidc`);
      await call("DELETE", `/applications/${application}`);
      await call("GET", `/applications/${application}`);
      expect(sandbox.requests.filter(({ status }) => status >= 500).map(({ status }) => status)).toEqual([501]);
    },
    60_000,
  );

  where(
    "tells a client of the documents apart from one that is not",
    async () => {
      const documents = await documentsOf(server);
      if (!documents) throw new Error("The documents are gone.");
      const request = { method: "POST", path: "/applications", body: {} };
      expect(faultOf(documents, request, { status: 201, body: undefined })).toHaveProperty("request");
      const get = { method: "GET", path: "/api-resources/x" };
      expect(faultOf(documents, get, { status: 200, body: { id: "x" } })).toHaveProperty("response");
      expect(
        faultOf(documents, get, { status: 200, body: { id: "x", name: "n", identifier: "i", no: 1 } }),
      ).toHaveProperty("response");
      expect(faultOf(documents, get, { status: 418, body: undefined })).toEqual({ undeclared: 418 });
    },
    60_000,
  );
});
