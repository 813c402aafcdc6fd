import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StartError, startSandbox } from "../../sandbox";
import { isPassword } from "../../sandbox/user/password";
import { sandboxFor, temporaryFolder } from "./support";

const user = { name: "demo", password: "Demo-pass-1" };

describe("a user of the sandbox's own", () => {
  test("is there from the start, with a name, an e-mail address, and the password", async () => {
    const { tenant } = await sandboxFor({ user });
    expect(tenant.users).toMatchObject([
      { name: "demo", attributes: { name: { formatted: "Demo User" }, emails: ["demo@example.com"] } },
    ]);
    expect(isPassword(user.password, tenant.users[0]?.passwordHash ?? "")).toBe(true);
    const mail = await sandboxFor({ user: { ...user, name: "demo@acme.example" } });
    expect(mail.tenant.users).toMatchObject([{ attributes: { emails: ["demo@acme.example"] } }]);
  });

  test("stays the one of the state file, with its attributes, and gets the password that is given", async () => {
    const state = join(temporaryFolder(), "state.json");
    const first = await sandboxFor({ state, user });
    const id = first.tenant.users[0]?.id;
    await first.console("PATCH", `/scim2/Users/${id}`, { Operations: [{ op: "replace", value: { nickName: "D" } }] });
    await first.close();
    const kept = () => JSON.parse(readFileSync(state, "utf8"));
    const before = kept();
    const same = await sandboxFor({ state, user });
    expect(kept()).toEqual(before);
    await same.close();
    const { tenant } = await sandboxFor({ state, user: { name: "DEMO", password: "Other-pass-2" } });
    expect(tenant.users).toMatchObject([{ id, name: "demo", attributes: { nickName: "D" } }]);
    expect(isPassword("Other-pass-2", tenant.users[0]?.passwordHash ?? "")).toBe(true);
    expect(readFileSync(state, "utf8")).not.toMatch(/Other-pass|Demo-pass/);
  });

  test.each([
    [{ name: " ", password: user.password }, "' ' cannot be the name of a user: nothing is in it."],
    [
      { name: "LDAP/demo", password: user.password },
      "'LDAP/demo' cannot be the name of a user: the user stores are PRIMARY, DEFAULT.",
    ],
    [
      { name: "demo", password: "Short-1" },
      "The password of the user demo is too weak: Must be between 8 and 64 characters.",
    ],
    [
      { name: "demo", password: "no-upper-case-1" },
      "The password of the user demo is too weak: Must contain at least one upper-case letter.",
    ],
  ])("is refused as %j, in a sentence", async (given, sentence) => {
    const attempt = startSandbox({ user: given });
    await expect(attempt).rejects.toThrow(StartError);
    await expect(attempt).rejects.toThrow(sentence);
    await expect(attempt).rejects.not.toThrow(given.password);
  });
});
