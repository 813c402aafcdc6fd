import { reconnected } from "../../support/managed";
import { later, made, ours, scene, stored, useScene } from "./scene";

useScene();

describe("names", () => {
  test("change places between two roles of one program in one run", async () => {
    const [one, other] = [await made(), await made(ours({ displayName: "Writer" }))];
    const ids = [one.id, other.id];
    const wanted = [ours({ displayName: "Writer" }), ours({ displayName: "Reader" })] as const;
    const steps = [await one.plan(wanted[0]), await other.plan(wanted[1])] as const;
    await Promise.all([one.carryOut(wanted[0], steps[0]), other.carryOut(wanted[1], steps[1])]);
    expect([stored(one).displayName, stored(other).displayName]).toEqual(["Writer", "Reader"]);
    expect([one.id, other.id]).toEqual(ids);
  });

  test("change places also where the second role has its turn after the first", async () => {
    const [one, other] = [await made(), await made(ours({ displayName: "Writer" }))];
    const wanted = [ours({ displayName: "Writer" }), ours({ displayName: "Reader" })] as const;
    const steps = [await one.plan(wanted[0]), await other.plan(wanted[1])] as const;
    await one.carryOut(wanted[0], steps[0]);
    await other.carryOut(wanted[1], steps[1]);
    expect([stored(one).displayName, stored(other).displayName]).toEqual(["Writer", "Reader"]);
  });

  test("that another role keeps are refused, with its id, and warned of at preview", async () => {
    const role = await made();
    const { id } = await scene.tenant.sandbox.console("POST", "/scim2/v2/Roles", {
      displayName: "writer",
      audience: { type: "application", value: scene.application.id },
    });
    await expect(role.up(ours({ displayName: "Writer" }))).rejects.toThrow(
      `displayName: "Writer" is taken by the role "writer" of the application "Shop" of this program (id ${id}). Choose another, or rename that one first.`,
    );
    const seen = later(role);
    expect(await seen.role.preview(ours({ displayName: "writer" }))).toEqual([]);
    expect(seen.run.said).toEqual([expect.stringContaining(`displayName: "writer" is taken by the role "writer"`)]);
    expect(stored(role).displayName).toBe("Reader");
  });

  test("that differ in case alone are the same for the server, which names the role", async () => {
    await made();
    await expect(scene.tenant.resource("Role").apply(ours({ displayName: "reader" }))).rejects.toThrow(
      /displayName: "reader" is taken by the role "Reader" of the application "Shop"/,
    );
  });

  test("that two resources of a program declare in one audience are refused", async () => {
    const preview = (args: object) => scene.tenant.resource("Role").preview({ ...args });
    await preview({ displayName: "Clerk", __logicalName: "one" });
    expect(await preview({ displayName: "Clerk", __logicalName: "other" })).toEqual([
      'displayName: the resources "one" and "other" of this program are the same Role, by displayName "Clerk". Take one of them out, or give it another displayName.',
    ]);
    expect(await preview(ours({ displayName: "Clerk", __logicalName: "third" }))).toEqual([]);
  });

  test.each([
    ["a/b", "displayName: has a `/`, which no role can have in its name"],
    ["system_reader", "displayName: begins with `system_`"],
    ["", "displayName: must not be empty"],
  ])("%j fails at preview", async (displayName, reason) => {
    expect(await scene.tenant.resource("Role").preview({ displayName })).toEqual([expect.stringContaining(reason)]);
    expect(scene.tenant.requests()).toEqual([]);
  });

  test.each(["Research and Development", "not", 'Quoted "name"', "Käufer (EU)", "a eq b"])(
    "may have words in them that mean something to the filter: %s",
    async (displayName) => {
      const role = await made({ displayName });
      const seen = reconnected(scene.tenant.sandbox).resource("Role");
      await seen.up({ displayName, adopt: true });
      expect(seen.id).toBe(role.id);
    },
  );
});
