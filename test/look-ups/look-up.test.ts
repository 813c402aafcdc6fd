import * as pulumi from "@pulumi/pulumi";
import { getApiResource, getApplication, getApplicationOutput, type Provider } from "../../provider";
import type { Sandbox } from "../../sandbox/index";
import {
  answered,
  application,
  configure,
  configuredTenant,
  engine,
  isKnown,
  providerFor,
  requestsOf,
  tenantFor,
} from "./program";

beforeEach(() => engine());

describe("which tenant is read", () => {
  let staging: Sandbox;
  let production: Sandbox;
  beforeEach(async () => {
    staging = await configuredTenant({ organization: "staging" });
    production = await tenantFor({ organization: "production" });
    await application(staging, { name: "App", description: "in staging" });
    await application(production, { name: "App", description: "in production" });
  });

  test("is said by the stack's config, or by an explicit provider", async () => {
    const provider = providerFor(production);
    expect(await getApplication({ name: "App" })).toMatchObject({ description: "in staging" });
    expect(await getApplication({ name: "App" }, { provider })).toMatchObject({ description: "in production" });
    expect(await answered(getApplicationOutput({ name: "App" }, { provider }).description)).toBe("in production");
  });

  test("may be said by a component's provider", async () => {
    const parent = new pulumi.ComponentResource(
      "test:Component",
      "component",
      {},
      { providers: [providerFor(production)] },
    );
    expect(await getApplication({ name: "App" }, { parent })).toMatchObject({ description: "in production" });
    expect(await getApplication({ name: "App" }, { parent: undefined })).toMatchObject({ description: "in staging" });
  });

  test("is not said by the provider of another package", async () => {
    class Other extends pulumi.ProviderResource {}
    const provider = new Other("pulumi-nodejs", "other") as Provider;
    await expect(getApplication({ name: "App" }, { provider })).rejects.toThrow(
      "getApplication: provider: must be an asgardeo.Provider",
    );
    expect(() => getApplicationOutput({ name: "App" }, { provider })).toThrow("must be an asgardeo.Provider");
  });

  test("may depend on outputs, and the provider's secret makes no secret of the answer", async () => {
    const { organization, clientSecret } = production;
    const provider = providerFor({
      ...production,
      organization: pulumi.output(organization) as unknown as string,
      clientSecret: pulumi.secret(clientSecret) as unknown as string,
    });
    expect(await getApplication({ name: "App" }, { provider })).toMatchObject({ description: "in production" });
    const output = getApplicationOutput({ name: "App" }, { provider });
    expect(await answered(output)).toMatchObject({ description: "in production" });
    expect(await pulumi.isSecret(output)).toBe(false);
    expect(await pulumi.isSecret(getApplicationOutput({ name: pulumi.secret("App") }, { provider }))).toBe(true);
  });

  test("is told where it refuses the bootstrap client: which id was used, and which was ignored", async () => {
    configure({ ...staging, clientId: "from-the-config" });
    process.env.ASGARDEO_CLIENT_ID = "from-the-environment";
    try {
      await expect(getApplication({ name: "App" })).rejects.toThrow(
        /bootstrap client from-the-config .*asgardeo:clientId .* ASGARDEO_CLIENT_ID has another id, from-the-environment, which is ignored/,
      );
    } finally {
      delete process.env.ASGARDEO_CLIENT_ID;
    }
  });

  test("is told with the near miss of a setting that is missing", async () => {
    pulumi.runtime.setAllConfig({ "asgardeo:baseUrl": staging.baseUrl, "asgardeo:clientID": "x" });
    await expect(getApplication({ name: "App" })).rejects.toThrow(
      "asgardeo:clientID: no such setting; did you mean `clientId`?",
    );
  });

  test("is needed: a setting that is missing is named", async () => {
    pulumi.runtime.setAllConfig({ "asgardeo:baseUrl": staging.baseUrl });
    await expect(getApplication({ name: "App" })).rejects.toThrow(/^getApplication: clientId: missing/);
  });
});

describe("what is not known yet", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    await engine(true);
    sandbox = await configuredTenant();
    await application(sandbox, { name: "App" });
  });
  const unknown = pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string>;

  test("makes an output that is not known either, and costs no request", async () => {
    const provider = providerFor({ ...sandbox, clientId: unknown as unknown as string });
    expect(await isKnown(getApplicationOutput({ id: unknown }))).toBe(false);
    expect(await isKnown(getApplicationOutput({ name: "App" }, { provider }).id)).toBe(false);
    expect(sandbox.requests).toEqual([]);
    expect(await isKnown(getApplicationOutput({ name: "App" }))).toBe(true);
  });

  test("is an error where the program wants the answer now", async () => {
    const provider = providerFor({ ...sandbox, clientId: unknown as unknown as string });
    await expect(getApplication({ name: "App" }, { provider })).rejects.toThrow(
      "getApplication: provider: its clientId is not known yet, as happens in a preview; ask with getApplicationOutput, which waits for it",
    );
  });

  test("may be a resource that has to be there before", async () => {
    class Late extends pulumi.CustomResource {
      constructor(id: pulumi.Input<string>) {
        super("test:Late", "late");
        Object.assign(this, { id });
      }
    }
    const name = "App";
    expect(await isKnown(getApplicationOutput({ name }, { dependsOn: [new Late(unknown)] }))).toBe(false);
    expect(await isKnown(getApplicationOutput({ name }, { dependsOn: new Late(pulumi.output("here")) }))).toBe(true);
  });
});

describe("the same question", () => {
  test("costs its requests once, however often and in whatever form it is asked", async () => {
    const sandbox = await configuredTenant();
    await application(sandbox, { name: "App" });
    const args = { name: "App" };
    await Promise.all([
      getApplication(args),
      getApplication({ ...args, id: undefined }),
      answered(getApplicationOutput(args)),
    ]);
    await getApplication(args);
    expect(requestsOf(sandbox)).toHaveLength(2);
    expect(sandbox.requests).toHaveLength(3);
  });

  test("is asked again after a failure", async () => {
    const sandbox = await configuredTenant();
    await expect(getApplication({ name: "App" })).rejects.toThrow("of no application");
    await application(sandbox, { name: "App" });
    expect(await getApplication({ name: "App" })).toMatchObject({ name: "App" });
  });

  test("to another tenant is another question", async () => {
    const first = await configuredTenant();
    await application(first, { name: "App" });
    await getApplication({ name: "App" });
    const second = await tenantFor();
    configure(second);
    await expect(getApplication({ name: "App" })).rejects.toThrow("of no application");
  });
});

describe("a question", () => {
  // As a program in JavaScript may ask.
  const ask = getApplication as (args?: unknown) => Promise<unknown>;

  test.each([
    [{}, "give exactly one of `name`, `clientId`, `id`: none is given"],
    [undefined, "give exactly one of `name`, `clientId`, `id`: none is given"],
    [{ name: undefined, id: null }, "give exactly one of `name`, `clientId`, `id`: none is given"],
    [{ name: "App", id: "1" }, "give exactly one of `name`, `clientId`, `id`: `name` and `id` are given"],
    [{ nmae: "App" }, "nmae: no such property; did you mean `name`?"],
    [{ name: 42 }, "name: must be a string, is a number"],
    [{ name: "" }, "name: must not be empty"],
    [{ name: pulumi.output("App") }, "name: is an Output; ask with getApplicationOutput, which waits for it"],
  ])("such as %j is refused", async (args, message) => {
    await configuredTenant();
    await expect(ask(args)).rejects.toThrow(`getApplication: ${message}`);
  });

  test("has one key, also for the compiler", async () => {
    await configuredTenant();
    const wrong = [
      // @ts-expect-error two keys
      () => getApplication({ name: "App", id: "1" }),
      // @ts-expect-error no key
      () => getApiResource({}),
      // @ts-expect-error a key of another look-up
      () => getApiResource({ name: "Orders" }),
    ];
    for (const question of wrong) await expect(question()).rejects.toThrow();
  });

  test("that fails ends the program with its message alone", async () => {
    await configuredTenant();
    const error = await ask({}).catch((reason: unknown) => reason);
    expect(pulumi.RunError.isInstance(error)).toBe(true);
  });
});
