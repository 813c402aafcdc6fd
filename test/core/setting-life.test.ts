import type { Properties } from "../../provider/core/clean";
import type { State } from "../../provider/core/definition";
import { AsgardeoError, PartialCreateError, SettingsError } from "../../provider/errors";
import { failure } from "../support/client";
import { type LookArgs, type LookOutputs, LookRun, LookTenant } from "./setting-fake";

let tenant: LookTenant;
let run: LookRun;
beforeEach(() => {
  tenant = new LookTenant();
  run = new LookRun(tenant);
});

const theirs = { title: "Theirs", colors: ["red"], version: 7 };
const aMark: unknown = expect.any(String);

describe("the life of a setting", () => {
  test("it is put, is then as declared, changes in place, and is reset", async () => {
    const look = run.resource();
    expect(await look.up({ title: "A", colors: ["red", "blue"] })).toBe("create");
    expect(look.id).toBe("look:tenant");
    expect(look.state).toEqual({
      title: "A",
      colors: ["red", "blue"],
      version: 1,
      __tenant: tenant.base,
      __holder: aMark,
    });
    await look.refresh();
    expect(await look.up({ title: "A", colors: ["blue", "red"] })).toBe("same");
    expect(await look.up({ title: "B", colors: ["red"] })).toBe("update");
    expect(tenant.live.get("look:tenant")).toEqual({ title: "B", colors: ["red"], version: 2 });
    await look.destroy();
    expect(tenant.live.size).toBe(0);
  });

  test("a create asks nothing of what is there: it puts, and changes nothing but what is declared", async () => {
    tenant.live.set("look:tenant", theirs);
    const seen: unknown[] = [];
    const asked = new LookRun(tenant, {
      read: () => Promise.reject(new Error("nobody needs to know")),
      put: (api, args, state, itsRun) => {
        seen.push(state);
        return run.definition.put(api, args, state, itsRun);
      },
    });
    await asked.resource().apply({ title: "Ours" });
    expect(tenant.live.get("look:tenant")).toEqual({ title: "Ours", colors: ["red"], version: 8 });
    expect(seen).toEqual([undefined]);
  });

  test("an arg that is taken out goes back to the default, and what was never declared stays as it is", async () => {
    tenant.live.set("look:tenant", { mail: { host: "theirs" }, version: 1 });
    const look = run.resource();
    await look.up({ title: "A", colors: ["red"] });
    await look.up({ title: "A" });
    expect(tenant.live.get("look:tenant")).toEqual({ title: "A", mail: { host: "theirs" }, version: 3 });
    expect(look.state).not.toHaveProperty("colors");
  });

  test("the definition is told what the state says", async () => {
    const seen: (State<LookArgs, LookOutputs> | undefined)[] = [];
    const told = new LookRun(tenant, {
      put: async (_, __, state) => {
        seen.push(state);
        return { version: 1 };
      },
      reset: async (_, state) => void seen.push(state),
    });
    const look = told.resource();
    await look.apply({ title: "A" });
    await look.apply({ title: "B" });
    await look.destroy();
    const outputs = { version: 1 };
    expect(seen).toStrictEqual([undefined, { args: { title: "A" }, outputs }, { args: { title: "B" }, outputs }]);
  });

  test("each operation has its own needs, and reading has no access to write", async () => {
    const look = run.resource();
    await look.apply({ title: "A" });
    await look.refresh();
    await look.destroy();
    expect(tenant.sent.map(({ method, access, needs, optional }) => [method, access, ...needs, ...optional])).toEqual([
      ["GET", "write", "internal_application_mgt_update"],
      ["PUT", "write", "internal_application_mgt_update"],
      ["GET", "view", "internal_application_mgt_view", "internal_application_mgt_client_secret_view"],
      ["DELETE", "write", "internal_application_mgt_delete"],
    ]);
  });

  test("one that is half put keeps its id and what is declared, and the next run puts it once more", async () => {
    let isBroken = true;
    const broken = new LookRun(tenant, {
      put: async (api, args, state, itsRun) => {
        const outputs = await run.definition.put(api, args, state, itsRun);
        if (isBroken) throw new PartialCreateError("look:tenant", outputs, ["no texts"]);
        return outputs;
      },
    });
    const look = broken.resource();
    await expect(look.up({ title: "A" })).rejects.toThrow("no texts");
    expect(look.state).toMatchObject({ title: "A", version: 1, __tenant: tenant.base });
    isBroken = false;
    expect(await look.up({ title: "A" })).toBe("update");
    expect(look.state).toMatchObject({ title: "A", version: 2 });
  });
});

describe("a refresh", () => {
  test("tells what has drifted, of what is declared", async () => {
    const look = run.resource();
    await look.up({ title: "Ours" });
    tenant.live.set("look:tenant", theirs);
    await look.refresh();
    expect(look.inputs).toEqual({ title: "Theirs" });
    expect(look.state).toEqual({ title: "Theirs", version: 7, __tenant: tenant.base, __holder: aMark });
    expect(await look.up({ title: "Ours" })).toBe("update");
    expect(tenant.live.get("look:tenant")).toMatchObject({ title: "Ours", colors: ["red"] });
  });

  test("finds the default where somebody has reset it: it is not gone, and is put again", async () => {
    const look = run.resource();
    await look.up({ application: "shop", title: "A", colors: [] });
    tenant.live.clear();
    await look.refresh();
    expect(look.id).toBe("look:shop");
    // What is empty is as the default. Which setting it is never drifts: that would replace it.
    expect(look.inputs).toEqual({ application: "shop", colors: [] });
    expect(run.said).toEqual([]);
    expect(await look.up({ application: "shop", title: "A", colors: [] })).toBe("update");
    expect(tenant.live.get("look:shop")).toMatchObject({ title: "A" });
  });
});

describe("a look-up by id", () => {
  const found = async (id: string, of = run) => (await of.lifecycle.read(id, {}))?.inputs;

  test("reads everything, and nothing where it was never set", async () => {
    tenant.live.set("look:shop", theirs);
    expect(await found("look:shop")).toEqual({ application: "shop", title: "Theirs", colors: ["red"] });
    expect(await found("look:other")).toEqual({});
  });

  test("of another id than the only one is refused", async () => {
    const single = new LookRun(tenant, { replaceOn: [], id: () => "look" });
    expect(await found("look", single)).toEqual({});
    await expect(found("lock", single)).rejects.toThrow(/^id: "lock" must be "look"$/);
  });

  test("keeps the setting from being reset in the same run", async () => {
    const look = run.resource();
    await look.up({ title: "A" });
    await run.lifecycle.read("look:tenant", {});
    await look.destroy();
    expect(tenant.live.has("look:tenant")).toBe(true);
  });
});

describe("what is wrong is refused before any request", () => {
  const wrong: [string, Properties, RegExp][] = [
    ["a wrong value", { title: "" }, /^title: is empty$/],
    ["an unknown key", { titel: "A" }, /^titel: no such property; did you mean `title`\?$/],
    ["the control arg of objects", { adopt: true }, /^adopt: no such property/],
    ["a value that is still not known", { title: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, /^title: is not known yet/],
  ];

  test.each(wrong)("%s", async (_, args, reason) => {
    const { lifecycle } = run;
    for (const work of [() => lifecycle.create(args), () => lifecycle.update("look:tenant", { title: "A" }, args)]) {
      expect((await failure(AsgardeoError, work)).message).toMatch(reason);
    }
    expect(tenant.sent).toEqual([]);
  });
});

describe("the setting of another tenant", () => {
  test.each(["refresh", "destroy", "up"] as const)("is refused by `%s`, and nothing is sent", async (operation) => {
    const look = run.resource();
    await look.up({ title: "A" });
    const other = new LookTenant("http://127.0.0.1/other");
    other.live.set("look:tenant", theirs);
    const there = new LookRun(other).again(look);
    const work = operation === "up" ? () => there.apply({ title: "B" }) : () => there[operation]();
    const { message } = await failure(SettingsError, work);
    expect(message).toContain(
      `organization, baseUrl: Look look:tenant was put in ${tenant.base}, and ${other.base} has`,
    );
    expect(message).toContain("`pulumi state delete`");
    expect(other.sent).toEqual([]);
    expect(there.id).toBe("look:tenant");
  });

  test("is told by the setting for organizations, where it is of one below the same tenant", async () => {
    const look = run.resource();
    await look.up({ title: "A" });
    const inside = new LookTenant(`${tenant.base}/o/o-1`);
    const there = new LookRun(inside).again(look);
    for (const work of [() => there.refresh(), () => there.destroy(), () => there.apply({ title: "B" })]) {
      expect((await failure(SettingsError, work)).message).toMatch(
        new RegExp(
          `^childOrganization: Look look:tenant was made in ${tenant.base}, and .* works in ${inside.base}\\.`,
        ),
      );
    }
    expect(inside.sent).toEqual([]);
  });
});
