import { createConnection } from "node:net";
import { answerOf, callerFor, callerWith, sandboxFor } from "./support";

describe("the gate", () => {
  test("refuses a request without a valid token, with a code that is a number", async () => {
    const sandbox = await sandboxFor();
    const answer = await callerWith(sandbox, "none")("GET", "/applications");
    expect(answer).toMatchObject({ status: 401, body: { code: 401, message: "Unauthorized" } });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer realm=127.0.0.1");
  });

  test.each([
    ["GET", "/applications", "internal_application_mgt_view"],
    ["POST", "/applications", "internal_application_mgt_create"],
    ["PATCH", "/applications/x", "internal_application_mgt_update"],
    ["DELETE", "/applications/x", "internal_application_mgt_delete"],
    ["PUT", "/applications/x/authenticationSequence/script", "internal_application_script_update"],
    ["GET", "/applications/x/inbound-protocols/", "internal_application_mgt_view"],
    ["PUT", "/applications/x/inbound-protocols/oidc", "internal_application_mgt_update"],
    ["DELETE", "/applications/x/inbound-protocols/saml", "internal_application_mgt_delete"],
    [
      "POST",
      "/applications/x/inbound-protocols/oidc/regenerate-secret",
      "internal_application_mgt_client_secret_create",
    ],
    ["POST", "/applications/x/inbound-protocols/oidc/revoke", "internal_application_mgt_create"],
    ["GET", "/applications/meta/inbound-protocols/oidc", "internal_application_mgt_view"],
    ["GET", "/applications/x/authorized-apis", "internal_application_mgt_view"],
    ["POST", "/applications/x/authorized-apis", "internal_application_mgt_update"],
    ["GET", "/api-resources", "internal_api_resource_view"],
    ["POST", "/api-resources", "internal_api_resource_create"],
    ["PATCH", "/api-resources/x", "internal_api_resource_update"],
    ["DELETE", "/api-resources/x", "internal_api_resource_delete"],
    ["PUT", "/api-resources/x/scopes", "internal_api_resource_update"],
    ["DELETE", "/api-resources/x/scopes/y", "internal_api_resource_delete"],
    ["GET", "/scopes", "internal_api_resource_view"],
    ["GET", "/oidc/scopes", "internal_oidc_scope_mgt_view"],
    ["GET", "/organizations", "internal_organization_view"],
    ["POST", "/organizations", "internal_organization_create"],
    ["POST", "/organizations/check-name", "internal_organization_view"],
    ["PUT", "/organizations/x", "internal_organization_update"],
    ["DELETE", "/organizations/x", "internal_organization_delete"],
    ["POST", "/organizations/discovery", "internal_organization_discovery_update"],
    ["DELETE", "/organizations/x/discovery", "internal_organization_discovery_delete"],
    ["POST", "/organization-configs/discovery", "internal_organization_config_add"],
    ["POST", "/applications/share", "internal_shared_application_create"],
    ["PATCH", "/applications/share", "internal_shared_application_create"],
    ["POST", "/applications/unshare", "internal_shared_application_delete"],
    ["GET", "/applications/x/share", "internal_shared_application_view"],
    ["DELETE", "/applications/x/shared-apps", "internal_shared_application_delete"],
    ["GET", "/async-operations", "internal_async_operation_status_view"],
    ["GET", "/o/api/server/v1/organizations", "internal_org_organization_view"],
    ["POST", "/o/api/server/v1/organizations", "internal_org_organization_create"],
    ["GET", "/o/api/server/v1/applications", "internal_org_application_mgt_view"],
    ["GET", "/o/api/server/v1/api-resources", "internal_org_api_resource_view"],
  ])("lets %s %s through only with %s", async (method, path, scope) => {
    const sandbox = await sandboxFor();
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    const other = scope === "internal_idp_view" ? "internal_idp_update" : "internal_idp_view";
    expect(await (await callerFor(sandbox, other))(method, path, body)).toMatchObject({
      status: 403,
      body: { code: 403, message: "Forbidden" },
    });
    expect((await (await callerFor(sandbox, scope))(method, path, body)).status).not.toBe(403);
  });

  test.each([
    ["GET", "/scim2/Users", "internal_user_mgt_list"],
    ["POST", "/scim2/Users/.search", "internal_user_mgt_list"],
    ["POST", "/scim2/Users", "internal_user_mgt_create"],
    ["GET", "/scim2/Users/x", "internal_user_mgt_view"],
    ["PUT", "/scim2/Users/x", "internal_user_mgt_update"],
    ["PATCH", "/scim2/Users/x", "internal_user_mgt_update"],
    ["DELETE", "/scim2/Users/x", "internal_user_mgt_delete"],
    ["GET", "/scim2/Groups", "internal_group_mgt_view"],
    ["POST", "/scim2/Groups/.search", "internal_group_mgt_view"],
    ["POST", "/scim2/Groups", "internal_group_mgt_create"],
    ["PATCH", "/scim2/Groups/x", "internal_group_mgt_update"],
    ["DELETE", "/scim2/Groups/x", "internal_group_mgt_delete"],
    ["GET", "/scim2/v2/Roles", "internal_role_mgt_view"],
    ["POST", "/scim2/v2/Roles/.search", "internal_role_mgt_view"],
    ["POST", "/scim2/v2/Roles", "internal_role_mgt_create"],
    ["PUT", "/scim2/v2/Roles/x", "internal_role_mgt_update"],
    ["PATCH", "/scim2/v2/Roles/x", "internal_role_mgt_update"],
    ["DELETE", "/scim2/v2/Roles/x", "internal_role_mgt_delete"],
    ["POST", "/scim2/v3/Roles", "internal_role_mgt_meta_create"],
    ["PUT", "/scim2/v3/Roles/x", "internal_role_mgt_meta_update"],
    ["PATCH", "/scim2/v3/Roles/x/Users", "internal_role_mgt_users_update"],
    ["PUT", "/scim2/v3/Roles/x/Groups", "internal_role_mgt_groups_update"],
  ])("lets %s %s through only with %s, and refuses the others as SCIM does", async (method, path, scope) => {
    const sandbox = await sandboxFor();
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    expect(await (await callerFor(sandbox, "internal_idp_view"))(method, path, body)).toMatchObject({
      status: 403,
      body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: 403 },
    });
    expect((await (await callerFor(sandbox, scope))(method, path, body)).status).not.toBe(403);
  });

  test("lets no client look at itself as a user", async () => {
    const call = await callerFor(await sandboxFor());
    for (const method of ["GET", "PUT", "PATCH"]) {
      const answer = await call(method, "/scim2/Me", method === "GET" ? undefined : {});
      expect(answer).toMatchObject({ status: 403, body: { status: 403 } });
    }
  });

  test("answers as SCIM does below its path", async () => {
    const sandbox = await sandboxFor();
    const answer = await answerOf(await fetch(`${sandbox.baseUrl}/t/sandbox/scim2/v2/Roles`));
    expect(answer).toMatchObject({ status: 401, body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"] } });
  });
});

describe("what is not served", () => {
  test("is answered with 404, or with 405 where only the method is wrong", async () => {
    const call = await callerFor(await sandboxFor());
    expect(await call("GET", "/nothing")).toMatchObject({ status: 404, body: "Not Found" });
    const answer = await call("PUT", "/applications/x", {});
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(["DELETE", "GET", "PATCH"]);
  });

  test("includes every other organization, at the APIs and at the token endpoint", async () => {
    const { baseUrl } = await sandboxFor();
    for (const path of ["/api/server/v1/applications", "/oauth2/token", ""]) {
      const answer = await answerOf(await fetch(`${baseUrl}/t/other${path}`, { method: "POST" }));
      expect(answer).toMatchObject({ status: 404, body: { message: "Not Found" } });
    }
  });

  test("includes paths without an organization, but for WSO2 Identity Server", async () => {
    const paths = ["/oauth2/token/.well-known/openid-configuration", "/api/server/v1/applications"];
    const statuses = async (baseUrl: string) =>
      Promise.all(paths.map(async (path) => (await fetch(baseUrl + path)).status));
    expect(await statuses((await sandboxFor()).baseUrl)).toEqual([404, 404]);
    expect(await statuses((await sandboxFor({ server: "7.1" })).baseUrl)).toEqual([200, 401]);
  });
});

test("the sandbox cannot be reached but through 127.0.0.1", async () => {
  const { baseUrl } = await sandboxFor();
  const connected = await new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.2", port: Number(new URL(baseUrl).port) });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  });
  expect(connected).toBe(false);
});
