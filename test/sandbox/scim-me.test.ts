import { isPassword } from "../../sandbox/user/password";
import { bearer, demo, type Scene, signInScene } from "./sign-in-scene";
import { type Call, callerWith, requestToken, textAt, valueAt } from "./support";

/** The caller that the user is. */
async function me(scene: Scene, scope = "internal_login"): Promise<Call> {
  return callerWith(scene.sandbox, String((await scene.signedIn(scope)).access_token));
}

const patch = (op: string, value: unknown, path?: string) => ({ Operations: [{ op, path, value }] });

describe("/scim2/Me", () => {
  test("is the account of the user whose token it is", async () => {
    const scene = await signInScene();
    const answer = await (await me(scene))("GET", "/scim2/Me");
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: scene.userId,
        userName: demo.name,
        name: { givenName: "Demo", familyName: "User" },
        roles: expect.arrayContaining([expect.objectContaining({ display: "Booking Admin" })]),
      },
    });
    expect(answer.headers.get("content-type")).toContain("application/scim+json");
    expect(answer.body).not.toHaveProperty("password");
    expect((await (await me(scene))("GET", "/scim2/Me?attributes=userName")).body).toEqual({
      schemas: expect.any(Array),
      id: scene.userId,
      userName: demo.name,
      meta: expect.anything(),
    });
  });

  test("is changed by PATCH, and replaced by PUT", async () => {
    const scene = await signInScene();
    const call = await me(scene);
    const patched = await call("PATCH", "/scim2/Me", patch("replace", { nickName: "D", name: { givenName: "Dana" } }));
    expect(patched).toMatchObject({
      status: 200,
      body: { nickName: "D", name: { givenName: "Dana", familyName: "User" } },
    });
    const replaced = await call("PUT", "/scim2/Me", { userName: demo.name, title: "Dr" });
    expect(replaced).toMatchObject({ status: 200, body: { title: "Dr" } });
    expect(replaced.body).not.toHaveProperty("nickName");
    expect((await scene.call("GET", `/scim2/Users/${scene.userId}`)).body).toEqual(replaced.body);
  });

  test("changes the password, if it is not too weak", async () => {
    const scene = await signInScene();
    const call = await me(scene);
    const stored = () => scene.sandbox.tenant.users[0]?.passwordHash ?? "";
    expect(await call("PATCH", "/scim2/Me", patch("replace", { password: "weak" }))).toMatchObject({ status: 400 });
    expect(isPassword(demo.password, stored())).toBe(true);
    const { status, body } = await call("PATCH", "/scim2/Me", patch("replace", { password: "Another-pass-2" }));
    expect(status).toBe(200);
    expect(isPassword("Another-pass-2", stored())).toBe(true);
    expect(JSON.stringify(body)).not.toContain("Another-pass-2");
  });

  test("has no other name, and neither roles nor groups to give oneself", async () => {
    const scene = await signInScene();
    const call = await me(scene);
    const renamed = await call("PATCH", "/scim2/Me", patch("replace", { userName: "other" }));
    expect(renamed).toMatchObject({ status: 400, body: { scimType: "mutability" } });
    const roles = await call("PATCH", "/scim2/Me", patch("add", [{ value: scene.roleId }], "roles"));
    expect(roles).toMatchObject({ status: 400, body: { scimType: "mutability" } });
  });

  test("is refused to a token without the scope internal_login, to a client's own, and without one", async () => {
    const scene = await signInScene();
    const own = textAt(
      (await requestToken(scene.sandbox, scene.sandbox, { scope: "SYSTEM internal_login" })).body,
      "access_token",
    );
    for (const call of [await me(scene, "openid"), callerWith(scene.sandbox, own)]) {
      for (const method of ["GET", "PUT", "PATCH"]) {
        const answer = await call(method, "/scim2/Me", method === "GET" ? undefined : { userName: demo.name });
        expect(answer).toMatchObject({ status: 403, body: { status: 403 } });
      }
    }
    expect(await scene.sandbox.console("GET", "/scim2/Me")).toMatchObject({ status: 403 });
    expect((await scene.ask("/scim2/Me")).status).toBe(401);
  });

  test("opens no other account, nor any API of the tenant", async () => {
    const scene = await signInScene();
    const { body } = await scene.call("POST", "/scim2/Users", { userName: "other", password: "Other-pass-1" });
    const { access_token } = await scene.signedIn("internal_login");
    for (const path of ["", `/${String(valueAt(body, "id"))}`, `/${scene.userId}`]) {
      expect((await scene.ask(`/scim2/Users${path}`, bearer(access_token))).status).toBe(403);
    }
  });
});
