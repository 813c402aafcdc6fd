import { deferred } from "../support/client";
import { LookRun, LookTenant, named } from "./setting-fake";

let tenant: LookTenant;
let run: LookRun;
beforeEach(() => {
  tenant = new LookTenant();
  run = new LookRun(tenant);
});

describe("a setting that goes over to another resource of the program", () => {
  test("by a renaming is not reset in the run that puts it under its new name, which is said", async () => {
    const old = run.resource();
    await old.up(named("old", { title: "A" }));
    const next = new LookRun(tenant);
    const fresh = next.resource();
    await fresh.up(named("new", { title: "B" }));
    const before = next.again(old);
    await before.destroy();
    expect(tenant.live.get("look:tenant")).toMatchObject({ title: "B" });
    expect(next.said.at(-1)).toMatch(/^Look look:tenant is kept, since another resource of this program has it/);
    await fresh.destroy();
    expect(tenant.live.size).toBe(0);
  });

  test("is not reset either where the reset begins before the put has heard that it is done", async () => {
    const old = run.resource();
    await old.up({ title: "A" });
    const isPut = deferred<void>();
    const goOn = deferred<void>();
    const next = new LookRun(tenant, {
      put: async (...given) => {
        const outputs = await run.definition.put(...given);
        isPut.resolve();
        await goOn.promise;
        return outputs;
      },
    });
    const putting = next.resource().apply({ title: "B" });
    await isPut.promise;
    const resetting = next.again(old).destroy();
    goOn.resolve();
    await Promise.all([putting, resetting]);
    expect(tenant.live.get("look:tenant")).toMatchObject({ title: "B" });
  });

  test("by a change of what it belongs to is another setting: the old one is reset, the new one put", async () => {
    const look = run.resource();
    await look.up({ application: "shop", title: "A" });
    expect(await look.up({ application: "desk", title: "A" })).toBe("replace");
    expect(look.id).toBe("look:desk");
    expect([...tenant.live.keys()]).toEqual(["look:desk"]);
  });

  test("in exchange for that one's: both are as declared afterwards", async () => {
    const first = run.resource();
    const second = run.resource();
    await first.up(named("first", { application: "shop", title: "1" }));
    await second.up(named("second", { application: "desk", title: "2" }));
    const next = new LookRun(tenant);
    await next.again(first).apply(named("first", { application: "desk", title: "1" }));
    await next.again(second).apply(named("second", { application: "shop", title: "2" }));
    expect(tenant.live.get("look:desk")).toMatchObject({ title: "1" });
    expect(tenant.live.get("look:shop")).toMatchObject({ title: "2" });
  });
});
