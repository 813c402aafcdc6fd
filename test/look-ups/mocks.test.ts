import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  getApiResource,
  getApiResourceOutput,
  getApiResources,
  getApiResourcesOutput,
  getApplication,
  getApplicationOutput,
  getGroup,
  getGroupOutput,
  getOrganizationInfo,
  getOrganizationInfoOutput,
  getRole,
  getRoleOutput,
  getUser,
  getUserOutput,
  Provider,
} from "../../provider";
import type { Sandbox } from "../../sandbox/index";
import { installPackage } from "../support/installed-package";
import { settingsOf } from "../support/settings";
import { answered, isKnown, tenantFor } from "./program";

/** What the mocks were asked, in order. */
let calls: pulumi.runtime.MockCallArgs[];
/** What they answer. */
let answer: pulumi.runtime.MockCallResult;

async function mock(preview = false): Promise<void> {
  calls = [];
  answer = {};
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
      call: (args) => {
        calls.push(args);
        return answer;
      },
    },
    "project",
    "stack",
    preview,
  );
}

beforeEach(() => mock());

const asked = () => calls.map(({ token, inputs }) => [token, inputs]);

describe("in a unit test with Pulumi's mocks, without any setting", () => {
  test.each([
    ["getApplication", { name: "Portal" }, () => getApplication({ name: "Portal" })],
    ["getApplication", { clientId: "abc" }, () => answered(getApplicationOutput({ clientId: pulumi.output("abc") }))],
    ["getApiResource", { identifier: "/o" }, () => getApiResource({ identifier: "/o" })],
    ["getApiResource", { id: "1" }, () => answered(getApiResourceOutput({ id: "1" }))],
    ["getRole", { displayName: "Clerk" }, () => getRole({ displayName: "Clerk" })],
    ["getRole", { id: "1" }, () => answered(getRoleOutput({ id: pulumi.output("1") }))],
    ["getGroup", { displayName: "Desk" }, () => getGroup({ displayName: "Desk" })],
    ["getGroup", { id: "1" }, () => answered(getGroupOutput({ id: pulumi.output("1") }))],
    ["getUser", { userName: "kim", userStore: "DEFAULT" }, () => getUser({ userName: "kim", userStore: "DEFAULT" })],
    ["getUser", { id: "1" }, () => answered(getUserOutput({ id: "1" }))],
    ["getOrganizationInfo", {}, () => getOrganizationInfo()],
    ["getOrganizationInfo", {}, () => answered(getOrganizationInfoOutput())],
  ] as const)("%s of %j is a call of the mocks, which answer it", async (name, args, ask) => {
    answer = { id: "from the mocks" };
    expect(await ask()).toEqual({ id: "from the mocks" });
    expect(asked()).toEqual([[`asgardeo:index:${name}`, args]]);
  });

  test.each([
    ["a promise", () => getApiResources({ filter: "type eq BUSINESS" })],
    ["an output", () => answered(getApiResourcesOutput({ filter: pulumi.output("type eq BUSINESS") }))],
  ])("a list is the member `result` of their answer: %s", async (_, ask) => {
    answer = { result: [{ id: "1", identifier: "/o" }] };
    expect(await ask()).toEqual([{ id: "1", identifier: "/o" }]);
    expect(asked()).toEqual([["asgardeo:index:getApiResources", { filter: "type eq BUSINESS" }]]);
  });

  test("a list of mocks that do not mind is empty, and one that is somewhere else is an error", async () => {
    expect(await getApiResources()).toEqual([]);
    answer = { items: [{ id: "1" }] };
    await expect(getApiResources()).rejects.toThrow(
      "getApiResources: the mock of asgardeo:index:getApiResources must answer an object with the list as `result`",
    );
  });

  test("an explicit provider is known to the mocks, and a question that is wrong is refused", async () => {
    const provider = new Provider("staging", { organization: "staging" });
    await getApplication({ name: "Portal" }, { provider });
    expect(calls.map(({ provider: by }) => by)).toEqual([expect.stringContaining("staging")]);
    // @ts-expect-error no key
    await expect(getApplication({})).rejects.toThrow("getApplication: give exactly one of `name`, `clientId`, `id`");
    expect(calls).toHaveLength(1);
  });

  test("what is not known yet is not asked in a preview", async () => {
    await mock(true);
    const unknown = pulumi.output(pulumi.unknown).apply(String);
    expect(await isKnown(getApplicationOutput({ id: unknown }))).toBe(false);
    expect(calls).toEqual([]);
  });
});

describe("in a unit test with Pulumi's mocks", () => {
  let sandbox: Sandbox;
  const before = { ...process.env };
  beforeEach(async () => {
    sandbox = await tenantFor();
    Object.assign(process.env, settingsOf(sandbox));
  });
  afterEach(() => {
    for (const name of Object.keys(settingsOf(sandbox))) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  test("no request leaves it, though the environment has all settings of a tenant", async () => {
    await Promise.all([
      getApplication({ name: "My Account" }),
      answered(getApiResourceOutput({ identifier: "/scim2/Users" })),
      getApiResources(),
      answered(getOrganizationInfoOutput()),
      getGroup({ displayName: "Desk" }),
      getUser({ userName: "kim" }),
    ]);
    expect(calls).toHaveLength(6);
    expect(sandbox.requests).toEqual([]);
  });
});

// The mocks are told from an engine by a member that no page of the SDK describes.
test.each(["pulumi-sdk-oldest", "pulumi-sdk-newest"] as const)("mocks are known as such with %s", (sdk) => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-mocks-"));
  const program = `
    const pulumi = require("@pulumi/pulumi");
    const asgardeo = require("pulumi-asgardeo");
    const call = ({ token, inputs }) => ({ result: [token, inputs] });
    pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call });
    const output = asgardeo.getApplicationOutput({ name: "Portal" });
    output.apply(async ({ result }) => {
      process.stdout.write(JSON.stringify([result, await asgardeo.getApiResources({ filter: "f" })]));
    });`;
  try {
    installPackage(folder, sdk);
    const environment = { PATH: process.env.PATH };
    const said = execFileSync(process.execPath, ["-e", program], { cwd: folder, env: environment, encoding: "utf8" });
    expect(JSON.parse(said)).toEqual([
      ["asgardeo:index:getApplication", { name: "Portal" }],
      ["asgardeo:index:getApiResources", { filter: "f" }],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
