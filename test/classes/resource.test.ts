import * as pulumi from "@pulumi/pulumi";
import { ApiAuthorization, ApiResource, Application, Provider } from "../../provider";
import { toldProperty, withoutTold } from "../../provider/core/told";
import { type Registered, registrations } from "./registrations";

const oidc = { grantTypes: ["client_credentials" as const] };

/** What the engine is told of a resource that this makes. */
async function registered(make: () => pulumi.CustomResource): Promise<Registered> {
  const all = await registrations(async () => {
    const { urn } = make();
    await new Promise((done) => urn.apply(done));
  });
  expect(all).toHaveLength(1);
  return all[0] as Registered;
}

describe("the engine is told", () => {
  test("to delete before it creates, since names are unique in a tenant", async () => {
    expect(await registered(() => new Application("web", { name: "Web" }))).toMatchObject({
      deleteBeforeReplace: true,
    });
    expect(
      await registered(() => new Application("web", { name: "Web" }, { deleteBeforeReplace: undefined })),
    ).toMatchObject({ deleteBeforeReplace: true });
  });

  test("to create before it deletes where the program says so", async () => {
    expect(
      await registered(() => new Application("web", { name: "Web" }, { deleteBeforeReplace: false })),
    ).toMatchObject({ deleteBeforeReplace: false });
  });

  test("the name that the resource has in the program, among what Pulumi does not show", async () => {
    const { inputs } = await registered(() => new ApiResource("orders", { name: "Orders API", identifier: "orders" }));
    expect(withoutTold(inputs)).toEqual({
      name: "Orders API",
      identifier: "orders",
      __logicalName: "orders",
      __provider: 'exports.handler=()=>require("pulumi-asgardeo/runtime").provider("ApiResource")',
    });
  });
});

describe("the provider is told with each resource", () => {
  /** What the resources of a program tell, by their names. */
  async function told(program: () => unknown): Promise<Record<string, unknown>> {
    const all = await registrations(async () => {
      await pulumi.runtime.runInPulumiStack(async () => void program());
      await pulumi.runtime.disconnect();
    });
    const ours = all.filter(({ inputs }) => toldProperty in inputs);
    return Object.fromEntries(ours.map(({ name, inputs }) => [name, inputs[toldProperty]]));
  }
  const types = (...names: string[]) => ({ isPreview: false, types: names });

  test("which types the program declares, also those that come later and wait for it", async () => {
    const program = () => {
      const web = new Application("web", { name: "Web", oidc });
      new ApiAuthorization("grant", { application: web.id, api: "a", scopes: [] });
    };
    const both = types("ApiAuthorization", "Application");
    expect(await told(program)).toEqual({ web: both, grant: both });
  });

  test("no types of another provider, and none of what is only read", async () => {
    const program = () => {
      const provider = new Provider("staging");
      new Application("web", { name: "Web", oidc }, { provider });
      const parent = new pulumi.ComponentResource("test:Component", "component", {}, { providers: [provider] });
      new ApiResource("orders", { name: "Orders API", identifier: "orders" }, { parent });
      new ApiAuthorization("grant", { application: "a", api: "b", scopes: [] });
      Application.get("found", "some-id");
    };
    const there = types("ApiResource", "Application");
    expect(await told(program)).toMatchObject({ web: there, orders: there, grant: types("ApiAuthorization") });
  });

  test("of each program by itself, where a process runs several", async () => {
    await told(() => new Application("web", { name: "Web", oidc }));
    expect(await told(() => new ApiResource("orders", { name: "O", identifier: "o" }))).toEqual({
      orders: types("ApiResource"),
    });
  });
});

describe("the class of a resource", () => {
  const types = {
    Application: "pulumi-nodejs:dynamic/asgardeo:Application",
    ApiResource: "pulumi-nodejs:dynamic/asgardeo:ApiResource",
    ApiAuthorization: "pulumi-nodejs:dynamic/asgardeo:ApiAuthorization",
  };
  const classes = { Application, ApiResource, ApiAuthorization };

  // As @pulumi/policy does in `validateResourceOfType`: by this member where a class has it, else by a call that is bound
  // to nothing, with an object that has a type alone.
  test.each(Object.entries(types))("%s is known to a policy by its type", (name, type) => {
    for (const [other, each] of Object.entries(classes)) {
      const { isInstance } = each;
      expect(isInstance({ __pulumiType: type })).toBe(other === name);
      expect((each as { __pulumiType?: string }).__pulumiType === type).toBe(other === name);
    }
  });

  test("knows its objects, those of a subclass among them, and nothing else", async () => {
    class WebApp extends Application {}
    await registrations(async () => {
      const web: pulumi.Resource = new WebApp("web", { name: "Web", oidc });
      expect(Application.isInstance(web)).toBe(true);
      expect(ApiResource.isInstance(web)).toBe(false);
      // Compiles only since it is a type guard.
      expect(Application.isInstance(web) && pulumi.Output.isInstance(web.clientId)).toBe(true);
      expect(Provider.isInstance(new Provider("staging"))).toBe(true);
      expect(Provider.isInstance(web)).toBe(false);
      class Other extends pulumi.ProviderResource {}
      expect(Provider.isInstance(new Other("pulumi-nodejs", "other"))).toBe(false);
    });
    for (const value of [undefined, null, "Application", {}, { __pulumiType: "asgardeo:Application" }]) {
      expect(Application.isInstance(value)).toBe(false);
      expect(Provider.isInstance(value)).toBe(false);
    }
    expect(Provider.isInstance({ __pulumiType: "pulumi:providers:pulumi-nodejs" })).toBe(true);
  });
});

describe("the option `import`", () => {
  const options = { import: "some-id" };
  const attempts: [what: string, key: string, attempt: () => unknown][] = [
    ['Application "web"', "name", () => new Application("web", { name: "Web" }, options)],
    ['ApiResource "orders"', "identifier", () => new ApiResource("orders", { name: "O", identifier: "o" }, options)],
    [
      'ApiAuthorization "grant"',
      "application and api",
      () => new ApiAuthorization("grant", { application: "a", api: "b", scopes: [] }, options),
    ],
  ];

  test.each(attempts)("of %s is answered by the advice to adopt, without a stack", (what, key, attempt) => {
    const error = caught(attempt);
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(String(error)).toContain(
      `${what}: Pulumi's option \`import\` cannot work for it, since an import does not tell Pulumi's process for dynamic providers which provider it is to run. Take \`import\` out, and add \`adopt: true\` to the args: the object of the tenant with the same ${key} is taken over.`,
    );
    expect(String(error)).not.toContain("some-id");
  });

  test("that is undefined counts as left out", async () => {
    expect(await registered(() => new Application("web", { name: "Web" }, { import: undefined }))).toMatchObject({
      inputs: { name: "Web" },
    });
  });
});

function caught(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
