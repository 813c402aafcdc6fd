import { scopesOf, signInScene } from "./sign-in-scene";
import { textAt } from "./support";

const both = "bookings:read bookings:write";

describe("the scopes of a user's token", () => {
  test("are those of OpenID Connect, internal_login, and of APIs what a role of the application has; the rest vanishes", async () => {
    const { signedIn } = await signInScene();
    const asked = `made_up bookings:write internal_login email openid bookings:read internal_user_mgt_view`;
    expect(scopesOf(await signedIn(asked))).toEqual(["internal_login", "email", "openid", "bookings:read"]);
    expect(await signedIn("bookings:write")).not.toHaveProperty("scope");
  });

  test("reach the user through a group as well", async () => {
    const { signedIn, call, userId, applicationId } = await signInScene();
    const { id: group } = await call("POST", "/scim2/Groups", { displayName: "g", members: [{ value: userId }] });
    const { status } = await call("POST", "/scim2/v2/Roles", {
      displayName: "Writer",
      audience: { type: "application", value: applicationId },
      permissions: [{ value: "bookings:write" }],
      groups: [{ value: group }],
    });
    expect(status).toBe(201);
    expect(scopesOf(await signedIn(both))).toEqual(["bookings:read", "bookings:write"]);
  });

  test("come of roles whose audience the application allows, and of no others", async () => {
    const { signedIn, call, userId, applicationId } = await signInScene();
    const role = { permissions: [{ value: "bookings:write" }], users: [{ value: userId }] };
    await call("POST", "/scim2/v2/Roles", { ...role, displayName: "of the organization" });
    const { id: other } = await call("POST", "/applications", { name: "Other" });
    await call("POST", "/scim2/v2/Roles", {
      ...role,
      displayName: "o",
      audience: { type: "application", value: other },
    });
    expect(scopesOf(await signedIn(both))).toEqual(["bookings:read"]);
    const associatedRoles = { allowedAudience: "ORGANIZATION" };
    expect((await call("PATCH", `/applications/${applicationId}`, { associatedRoles })).status).toBe(200);
    expect(scopesOf(await signedIn(both))).toEqual(["bookings:write"]);
  });

  test("need no role where the authorization has no policy", async () => {
    const { signedIn, call, applicationId } = await signInScene();
    const api = {
      name: "Free",
      identifier: "https://free",
      requiresAuthorization: false,
      scopes: [{ name: "free:read" }],
    };
    const { id, status } = await call("POST", "/api-resources", api);
    expect(status).toBe(201);
    const authorization = { id, policyIdentifier: "No Policy", scopes: ["free:read"] };
    expect((await call("POST", `/applications/${applicationId}/authorized-apis`, authorization)).status).toBe(200);
    expect(scopesOf(await signedIn("free:read bookings:write"))).toEqual(["free:read"]);
  });

  test("of the server's own APIs are granted by a role, all of them for SYSTEM, and open the API", async () => {
    const { signedIn, call, userId, applicationId, sandbox, ask } = await signInScene();
    const users = sandbox.tenant.apiResources.find(({ identifier }) => identifier === "/scim2/Users");
    const scopes = ["internal_user_mgt_view", "internal_user_mgt_list"];
    await call("POST", `/applications/${applicationId}/authorized-apis`, { id: users?.id, scopes });
    await call("POST", "/scim2/v2/Roles", {
      displayName: "Clerk",
      audience: { type: "application", value: applicationId },
      permissions: [{ value: scopes[0] }],
      users: [{ value: userId }],
    });
    const given = await signedIn("SYSTEM openid");
    expect(scopesOf(given)).toEqual(["openid", scopes[0]]);
    const headers = { authorization: `Bearer ${textAt(given, "access_token")}` };
    expect((await ask(`/scim2/Users/${userId}`, { headers })).status).toBe(200);
    expect((await ask("/scim2/Users", { headers })).status).toBe(403);
  });
});
