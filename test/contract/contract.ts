import { randomUUID } from "node:crypto";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { allSubjects, subjects } from "../subjects/index";
import { DynamicProvider, type Properties, providerText, RpcError, UNKNOWN } from "../support/dynamic-provider";
import type { Sdk } from "../support/installed-package";

const unique = (word: string) => `${word} ${randomUUID().slice(0, 8)}`;
/** What Pulumi and the package keep in state beside args and outputs. */
const keptBeside = ["__provider", "__tenant", "__holder"];
const stackLine = /^\s+at .+:\d+:\d+\)?$/m;

/** The contract between Pulumi's provider process and the package, spoken to by gRPC as the engine does. */
export function contract(sdk: Sdk, ways: readonly ("properties" | "inputs")[]): void {
  const { Application: application, ApiResource: apiResource } = subjects;
  let sandbox: Sandbox;
  let provider: DynamicProvider;

  const config = () => ({
    "asgardeo:baseUrl": sandbox.baseUrl,
    "asgardeo:organization": sandbox.organization,
    "asgardeo:clientId": sandbox.clientId,
  });

  async function started(more: Properties = {}, secret = sandbox.clientSecret): Promise<DynamicProvider> {
    const process = await DynamicProvider.start({ sdk, env: { ASGARDEO_CLIENT_SECRET: secret } });
    await process.configure({ ...config(), ...more });
    return process;
  }

  beforeAll(async () => {
    sandbox = await startSandbox();
    provider = await started();
  });

  afterAll(async () => {
    await provider?.stop();
    await sandbox?.close();
  });

  describe.each(allSubjects)("$type", (subject) => {
    const { type } = subject;

    test("is checked, created, compared, changed, read and deleted", async () => {
      const args = await subject.args(sandbox);
      const checked = await provider.check(type, args);
      expect(checked).toEqual({ inputs: { ...args, __provider: providerText(type) }, failures: [] });

      const { id, properties } = await provider.create(type, checked.inputs);
      expect(id).not.toBe("");
      expect(properties).toMatchObject({ ...args, __provider: providerText(type), __tenant: expect.any(String) });
      const names = Object.keys(properties).filter((name) => !keptBeside.includes(name));
      expect(names.sort()).toEqual([...Object.keys(args), ...subject.madeOutputs].sort());
      for (const name of subject.madeOutputs) expect(properties[name]).toEqual(expect.stringMatching(/./));

      const same = { changes: "none", replaces: [], deleteBeforeReplace: false };
      expect(await provider.diff(type, id, properties, args)).toEqual(same);
      const changed = subject.changed(args);
      expect(await provider.diff(type, id, properties, changed)).toEqual({ ...same, changes: "some" });

      const updated = await provider.update(type, id, properties, changed);
      expect(updated).toMatchObject({ ...changed, __provider: providerText(type) });
      for (const name of subject.madeOutputs) expect(updated[name]).toEqual(properties[name]);
      expect(await provider.diff(type, id, updated, changed)).toEqual(same);

      const read = await provider.read(type, id, updated);
      expect(read).toEqual({ id, properties: updated, inputs: { ...changed, __provider: providerText(type) } });

      await provider.delete(type, id, read.properties);
      expect((await provider.read(type, id, read.properties)).id).toBe("");
    });

    test("tells the engine to delete and create it again where the server cannot change it, and only there", async () => {
      const args = await subject.args(sandbox);
      const { replaced = subject.changed, replaces } = subject;
      expect(await provider.diff(type, "some id", args, replaced(args))).toEqual({
        changes: "some",
        replaces,
        deleteBeforeReplace: replaces.length > 0,
      });
    });

    test.each(ways)("is read by its id alone, which comes with %s", async (way) => {
      const args = await subject.args(sandbox);
      const { id, properties } = await provider.create(type, args);
      const read = await provider.readById(type, id, way);
      expect(read.id).toBe(id);
      const { unreadable = [] } = subject;
      for (const name of Object.keys(args)) expect(name in read.properties).toBe(!unreadable.includes(name));
      for (const name of subject.madeOutputs) expect(read.properties[name]).toEqual(properties[name]);
      expect(read.properties.__provider).toBe(providerText(type));
      expect(read.inputs).toMatchObject({ __provider: providerText(type) });
      // Wherever the look-up becomes the program, it is no change.
      expect(await provider.diff(type, id, read.properties, read.inputs ?? {})).toMatchObject({ changes: "none" });
    });

    test("that is gone is read as such, and deleting it again does no harm", async () => {
      const args = await subject.args(sandbox);
      const { id, properties } = await provider.create(type, args);
      await provider.delete(type, id, properties);
      expect(await provider.read(type, id, properties)).toMatchObject({ id: "" });
      for (const way of ways) {
        const { message } = await refusal(provider.readById(type, id, way));
        expect(message).toContain(`has no ${type} with the id`);
      }
      await expect(provider.delete(type, id, properties)).resolves.toBeUndefined();
    });

    test("is refused with the path of all that is wrong", async () => {
      const { failures } = await provider.check(type, subject.wrong);
      expect(failures).toHaveLength(subject.failures.length);
      for (const reason of subject.failures) {
        // Pulumi would print the value of a property that is named, with all secrets in it.
        expect(failures).toContainEqual({ property: "", reason: expect.stringContaining(reason) });
      }
    });

    test("is accepted with values that are not known yet, and may have changed", async () => {
      const checked = await provider.check(type, subject.unknown);
      expect(checked).toEqual({ inputs: { ...subject.unknown, __provider: providerText(type) }, failures: [] });
      const args = await subject.args(sandbox);
      expect(await provider.diff(type, "some id", args, { ...args, ...subject.unknown })).toMatchObject({
        changes: "some",
      });
    });

    test("sends nothing in a check or a comparison of what does not change", async () => {
      const args = await subject.args(sandbox);
      const alone = await started();
      try {
        const before = sandbox.requests.length;
        await alone.check(type, args, args);
        await alone.diff(type, "some id", args, subject.changed(args));
        expect(sandbox.requests.slice(before)).toEqual([]);
      } finally {
        await alone.stop();
      }
    });
  });

  test("an application without a client has no outputs of one, and its answer can be sent", async () => {
    const { id, properties } = await provider.create("Application", { name: unique("Bare") });
    expect(properties).not.toHaveProperty("clientId");
    expect(properties).toHaveProperty("issuer");
    expect(await provider.read("Application", id, properties)).toMatchObject({ id, properties });
    await provider.delete("Application", id, properties);
  });

  test("a member that Pulumi sends as null counts as left out", async () => {
    const args = { name: unique("Null"), description: null, oidc: { grantTypes: ["client_credentials"], pkce: null } };
    const { inputs, failures } = await provider.check("Application", args);
    expect(failures).toEqual([]);
    const { id, properties } = await provider.create("Application", args);
    expect(properties).not.toHaveProperty("description");
    expect(await provider.diff("Application", id, properties, inputs)).toMatchObject({ changes: "none" });
    await provider.delete("Application", id, properties);
  });

  test("a half-made application is recorded with its id, can be finished and can be deleted", async () => {
    const view = "internal_application_mgt_client_secret_view";
    const { bootstrap, apiResources } = sandbox.tenant;
    const { id: api } = apiResources.find(({ scopes }) => scopes.some(({ name }) => name === view)) ?? {};
    const authorization = `/api/server/v1/applications/${bootstrap}/authorized-apis/${api}`;
    const without = { addedScopes: [], removedScopes: [view] };
    const given = { addedScopes: [view], removedScopes: [] };
    const args = await application.args(sandbox);
    expect(await sandbox.console("PATCH", authorization, without)).toMatchObject({ status: 200 });
    // Tokens keep what they were given, so this needs a process of its own.
    const lacking = await started();
    let partial: RpcError["partial"];
    try {
      const error = await refusal(lacking.create("Application", args));
      partial = error.partial;
      expect(error.message).toContain(view);
      expect(partial?.id).toBe(sandbox.tenant.applications.find(({ name }) => name === args.name)?.id);
      expect(partial?.properties).toMatchObject({ ...args, __provider: providerText("Application") });
      expect(partial?.reasons).toEqual([expect.stringContaining("but its client could not be read")]);
      expect(lacking.stderr).not.toMatch(stackLine);
    } finally {
      await lacking.stop();
      await sandbox.console("PATCH", authorization, given);
    }
    const { id = "", properties = {} } = partial ?? {};
    const finished = await provider.update("Application", id, properties, args);
    expect(finished).toMatchObject({ ...args, clientId: expect.any(String), clientSecret: expect.any(String) });
    await provider.delete("Application", id, properties);
    expect((await provider.read("Application", id, properties)).id).toBe("");
  });

  test("the first calls of two types, and two of one type, work at the same time", async () => {
    // All settings come by Configure here: a call that overtakes it would have none.
    const fresh = await DynamicProvider.start({ sdk });
    try {
      await fresh.configure({ ...config(), "asgardeo:clientSecret": sandbox.clientSecret });
      const [one, two, three] = await Promise.all([
        application.args(sandbox),
        application.args(sandbox),
        apiResource.args(sandbox),
      ]);
      const created = await Promise.all([
        fresh.create("Application", one),
        fresh.create("Application", two),
        fresh.create("ApiResource", three),
        fresh.check("ApiAuthorization", { application: UNKNOWN, api: UNKNOWN, scopes: ["read"] }),
      ]);
      expect(created).toMatchObject([
        { properties: one },
        { properties: two },
        { properties: three },
        { failures: [] },
      ]);
      expect(fresh.stderr).toBe("");
    } finally {
      await fresh.stop();
    }
  });

  test("settings that are missing are told in a check, each with the ways to give it", async () => {
    const unset = await DynamicProvider.start({ sdk });
    try {
      await unset.configure({});
      const { failures } = await unset.check("Application", { name: "x" });
      expect(failures).toEqual([{ property: "", reason: expect.stringContaining("clientId: missing") }]);
      expect(failures[0]?.reason).toContain("ASGARDEO_CLIENT_SECRET");
      // Said in full once in a process.
      expect((await refusal(unset.create("Application", { name: "x" }))).message).toMatch(
        /another resource of this run says in full: organization: missing/,
      );
      expect(unset.stderr).not.toMatch(stackLine);
    } finally {
      await unset.stop();
    }
  });

  test("a provider that may only read refuses every write and reads", async () => {
    const args = await application.args(sandbox);
    const { id, properties } = await provider.create("Application", args);
    const reader = await started({ "asgardeo:readOnly": "true" });
    try {
      expect((await reader.read("Application", id, properties)).id).toBe(id);
      for (const write of [
        reader.create("Application", await application.args(sandbox)),
        reader.update("Application", id, properties, application.changed(args)),
        reader.delete("Application", id, properties),
      ]) {
        expect((await refusal(write)).message).toContain("readOnly: will not");
      }
      expect((await provider.read("Application", id, properties)).properties).toEqual(properties);
    } finally {
      await reader.stop();
    }
  });

  describe("an error", () => {
    const secret = "a-secret-of-the-users-choice";

    test("is one sentence, without a stack and without a secret", async () => {
      const name = unique("Taken");
      const oidc = { grantTypes: ["client_credentials"], clientId: randomUUID(), clientSecret: secret };
      const first = await provider.create("Application", { name, oidc });
      const error = await refusal(provider.create("Application", { name, oidc }));
      expect(error.message).toContain(`name: ${JSON.stringify(name)} is taken by the application`);
      expect(error.message).toContain(first.id);
      expect(error.partial).toBeUndefined();
      for (const text of [error.message, provider.stderr, provider.stdout]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(sandbox.clientSecret);
        expect(text).not.toMatch(stackLine);
      }
    });

    test("of a wrong bootstrap secret names the setting, never the secret", async () => {
      const { id, properties } = await provider.create("Application", await application.args(sandbox));
      const locked = await started({}, secret);
      try {
        const errors = await Promise.all([
          refusal(locked.create("Application", await application.args(sandbox))),
          refusal(locked.read("Application", id, properties)),
          refusal(locked.update("Application", id, properties, application.changed(properties))),
          refusal(locked.delete("Application", id, properties)),
        ]);
        for (const { message } of errors) expect(message).toContain("clientSecret");
        const told = [...errors.map(({ message }) => message), locked.stderr, locked.stdout].join("\n");
        expect(told).not.toContain(secret);
        expect(told).not.toContain(String(properties.clientSecret));
        expect(told).not.toMatch(stackLine);
      } finally {
        await locked.stop();
      }
    });

    test("of args that are still wrong in the run is told before any request", async () => {
      const before = sandbox.requests.length;
      const { message } = await refusal(provider.create("ApiResource", { name: "Orders API" }));
      expect(message).toContain("identifier: missing");
      expect(sandbox.requests.slice(before)).toEqual([]);
    });

    test("of a type that this version does not know says so, without a stack", async () => {
      const fresh = await started();
      try {
        for (const call of [
          fresh.create("Dashboard", {}),
          fresh.check("Dashboard", {}),
          fresh.diff("Dashboard", "some id", {}, {}),
          fresh.read("Dashboard", "some id", {}),
          fresh.delete("Dashboard", "some id", {}),
        ]) {
          expect((await refusal(call)).message).toContain("has no resource type Dashboard");
        }
        expect(fresh.stderr).not.toMatch(stackLine);
      } finally {
        await fresh.stop();
      }
    });
  });
}

async function refusal(work: Promise<unknown>): Promise<RpcError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RpcError) return error;
    throw error;
  }
  throw new Error("this call should have been refused");
}
