import { type Look, LookRun, LookTenant, named } from "./setting-fake";

let tenant: LookTenant;
beforeEach(() => {
  tenant = new LookTenant();
});

/** A value that Pulumi does not know yet at preview. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const limits =
  "What is not declared stays as it is. Deleting the resource brings the setting to the server's default, and not to what it is now.";

describe("the preview of a setting that is put for the first time", () => {
  let run: LookRun;
  beforeEach(() => {
    run = new LookRun(tenant);
  });

  test("says in a line what it will change of what somebody has set, which is read once", async () => {
    tenant.live.set("look:shop", { title: "Theirs", colors: ["red"], version: 1 });
    const args = named("shop", { application: "shop", title: "Ours", colors: ["red", "blue"] });
    expect(await run.resource().preview(args)).toEqual([]);
    expect(run.said).toEqual([
      `will take over Look "shop" (id look:shop), which is always there. What changes: title: "Theirs" becomes "Ours"; colors: + blue. ${limits}`,
    ]);
    expect(tenant.requests).toEqual(["GET look:shop"]);
  });

  test("says it where it is as declared already: a delete would reset it all the same", async () => {
    tenant.live.set("look:tenant", { title: "Ours", colors: ["red"], version: 1 });
    await run.resource().preview({ title: "Ours" });
    expect(run.said).toEqual([
      `will take over Look (id look:tenant), which is always there. It is as declared. ${limits}`,
    ]);
  });

  test("says nothing where nobody has set it", async () => {
    expect(await run.resource().preview({ title: "Ours" })).toEqual([]);
    expect(run.said).toEqual([]);
  });

  test("shows no secret, and says which values are not known yet", async () => {
    const args = { title: unknown, mail: { host: "smtp.example", password: "hush-hush" } };
    tenant.live.set("look:tenant", { title: "Theirs", version: 1 });
    await run.resource().preview(args);
    tenant.live.set("look:tenant", { mail: { host: "smtp.example", password: "hush-old" }, version: 1 });
    await run.resource().preview({ mail: args.mail });
    expect(run.said).toEqual([
      expect.stringContaining(
        'title: "Theirs" becomes a value that is not known yet; mail: becomes {"host":"smtp.example","password":"[secret]"}.',
      ),
      expect.stringContaining("What changes: mail.password: [secret]. "),
    ]);
    expect(run.said.join()).not.toContain("hush");
  });

  test("asks nothing where it is not known yet which one it is", async () => {
    expect(await run.resource().preview({ application: unknown, title: "Ours" })).toEqual([]);
    expect(tenant.sent).toEqual([]);
  });

  test("needs nothing but view scopes where the provider may only read", async () => {
    await new LookRun(tenant, { isReadOnly: true }).resource().preview({ title: "Ours" });
    expect(tenant.sent.map(({ access, needs }) => [access, ...needs])).toEqual([
      ["view", "internal_application_mgt_view"],
    ]);
  });
});

describe("the preview of a setting that is in the state", () => {
  test("costs no request where nothing changes", async () => {
    const look = new LookRun(tenant).resource();
    await look.up({ title: "A" });
    tenant.sent.length = 0;
    const next = new LookRun(tenant);
    expect(await next.again(look).preview({ title: "A" })).toEqual([]);
    expect(tenant.sent).toEqual([]);
    expect(next.said).toEqual([]);
  });

  test("says nothing of taking it over where it changes, nor where it is replaced by force", async () => {
    const first = new LookRun(tenant).resource();
    await first.up({ title: "A" });
    const next = new LookRun(tenant);
    const look = next.again(first);
    expect(await look.preview({ title: "B" })).toEqual([]);
    expect(await look.plan({ title: "B" }, true)).toBe("replace");
    expect(next.said).toEqual([]);
  });

  test("tells of the other setting that a replacement would take over", async () => {
    const first = new LookRun(tenant).resource();
    await first.up({ application: "shop", title: "A" });
    tenant.live.set("look:desk", { title: "Theirs", version: 1 });
    const next = new LookRun(tenant);
    expect(await next.again(first).plan({ application: "desk", title: "A" })).toBe("replace");
    expect(next.said).toEqual([expect.stringMatching(/^will take over Look \(id look:desk\).*"Theirs" becomes "A"/)]);
  });
});

describe("two resources of one setting", () => {
  const reasons = async (run: LookRun, first: object, second: object) => {
    await run.resource().preview(named("first", first));
    return run.resource().preview(named("second", second));
  };

  test.each([
    [
      "of the tenant",
      {},
      'application: the resources "first" and "second" of this program are the same Look (id look:tenant).',
    ],
    [
      "of an application",
      { application: "shop" },
      'application: the resources "first" and "second" of this program are the same Look (id look:shop).',
    ],
  ])("%s fail at preview, and both are named", async (_, which, reason) => {
    expect(await reasons(new LookRun(tenant), { ...which, title: "A" }, { ...which, title: "B" })).toEqual([
      `${reason} Take one of them out, or give it another application.`,
    ]);
  });

  test("of which there is only one have no other place to go to", async () => {
    const single = new LookRun(tenant, { replaceOn: [], id: () => "look" });
    expect(await reasons(single, { title: "A" }, { title: "B" })).toEqual([
      'the resources "first" and "second" of this program are the same Look (id look). There is only one: take one of them out.',
    ]);
  });

  test("are found in the run where the preview could not know it", async () => {
    const later = { application: unknown, title: "A" };
    expect(await reasons(new LookRun(tenant), later, later)).toEqual([]);
    const run = new LookRun(tenant);
    const known = { application: "shop", title: "A" };
    await run.resource().up(named("first", known));
    await expect(run.resource().up(named("second", known))).rejects.toThrow('the resources "first" and "second"');
  });

  test("that belong to different applications, or one of them to the tenant, are two settings", async () => {
    const run = new LookRun(tenant);
    expect(await reasons(run, { application: "shop" }, { application: "desk" })).toEqual([]);
    expect(await run.resource().preview(named("third", { title: "A" }))).toEqual([]);
  });
});

describe("what the definition knows of a change", () => {
  test("is asked with how the setting is, as far as it is declared, or with what the program said before", async () => {
    const seen: unknown[] = [];
    const run = new LookRun(tenant, {
      verify: async (_, __, old) => {
        seen.push(old);
        return [{ property: "title", reason: "title: is a bad word" }];
      },
      warn: async (_, old) => [`was ${JSON.stringify(old.title)}`],
    });
    expect(await run.resource().preview({ title: "A" })).toEqual(["title: is a bad word"]);
    tenant.live.set("look:tenant", { title: "Theirs", colors: ["red"], version: 1 });
    await run.resource().preview({ title: "B" });
    const look = run.resource();
    await look.apply({ title: "C" });
    await look.preview({ title: "D" });
    expect(seen).toEqual([undefined, { title: "Theirs" }, { title: "C" }]);
    expect(run.said.filter((line) => line.startsWith("warning"))).toEqual([
      'warning: Look "look:tenant": was "Theirs"',
      'warning: Look "look:tenant": was "C"',
    ]);
  });

  test("of the rest of the program, of good practice and of its time counts as with objects", async () => {
    const run = new LookRun(tenant, {
      agree: () => [{ property: "title", reason: "title: disagrees" }],
      advise: () => [{ property: "title", reason: "title: is loud" }],
      due: ({ outputs }) => `version ${outputs.version} has had its time`,
    });
    const look = run.resource();
    const { failures, findings, label } = await look.outlook(named("look", { title: "A" }));
    expect([failures[0]?.reason, findings[0]?.reason, label]).toEqual([
      "title: disagrees",
      "title: is loud",
      'Look "look"',
    ]);
    await look.apply({ title: "A" });
    expect(await look.apply({ title: "A" })).toBe("update");
    expect(run.said).toContain("version 1 has had its time");
  });

  test("of other objects that it refers to is checked", async () => {
    const references: Look["references"] = [
      { arg: "application", type: "Application", word: "application", find: async () => ({ problem: "is nowhere" }) },
    ];
    const run = new LookRun(tenant, { references });
    expect(await run.resource().preview({ application: "shop", title: "A" })).toEqual(["application: is nowhere"]);
  });
});
