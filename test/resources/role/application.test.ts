import { made, ours, scene, stored, useScene } from "./scene";

useScene();

describe("with its application", () => {
  test("an application that does not exist fails at preview", async () => {
    const id = "00000000-0000-4000-8000-000000000000";
    expect(await scene.tenant.resource("Role").preview(ours({ application: id, permissions: undefined }))).toEqual([
      `application: there is no application with the id ${id} in this tenant`,
    ]);
  });

  test("a role is no drift of it, and a change of it deletes no role", async () => {
    const role = await made();
    const args = { name: "Shop", associatedRoles: { allowedAudience: "APPLICATION" } };
    await scene.application.refresh();
    expect(await scene.application.up(args)).toBe("same");
    expect(await scene.application.up({ ...args, description: "changed", accessUrl: "https://shop.example.com" })).toBe(
      "update",
    );
    expect(await scene.application.up({ name: "Shop" })).toBe("update");
    expect(await scene.application.up(args)).toBe("update");
    expect(stored(role)).toMatchObject({ permissions: ["orders:read"] });
  });

  test("a role of an application that has the roles of the organization fails at preview", async () => {
    const role = await made();
    const args = { name: "Shop", associatedRoles: { allowedAudience: "ORGANIZATION" } };
    expect(await scene.application.preview(args)).toEqual([]);
    expect(await role.preview(ours())).toEqual([
      expect.stringMatching(
        /^application: the application "Shop" of this program declares `associatedRoles.allowedAudience` `ORGANIZATION`/,
      ),
    ]);
    const theirs = { ...args, name: "Theirs" };
    const { id: other } = await scene.tenant.sandbox.console("POST", "/api/server/v1/applications", theirs);
    expect(await scene.tenant.resource("Role").preview({ displayName: "Reader", application: other })).toEqual([
      expect.stringContaining("has `associatedRoles.allowedAudience` `ORGANIZATION`"),
    ]);
  });

  test("a switch to the roles of the organization takes the role out of the program, too", async () => {
    const role = await made();
    await scene.application.up({ name: "Shop", associatedRoles: { allowedAudience: "ORGANIZATION" } });
    await role.destroy();
    expect(role.id).toBeUndefined();
    const clerk = await made({ displayName: "Clerk" });
    await scene.application.refresh();
    expect(await scene.application.up({ name: "Shop", associatedRoles: { allowedAudience: "ORGANIZATION" } })).toBe(
      "same",
    );
    expect(await scene.application.up({ name: "Shop", associatedRoles: { allowedAudience: "APPLICATION" } })).toBe(
      "update",
    );
    expect(stored(clerk).displayName).toBe("Clerk");
  });
});
