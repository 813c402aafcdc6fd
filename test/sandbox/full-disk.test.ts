import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Sandbox, StateError, startSandbox } from "../../sandbox";
import {
  bookings,
  callerFor,
  callerWith,
  objectOf,
  requestToken,
  sandboxFor,
  temporaryFolder,
  textAt,
  valueAt,
} from "./support";
import { type Ids, routesThatWrite, writes } from "./writes";

/** The module itself: what a spy is put on here, the sandbox finds there. */
const fs = jest.requireActual<typeof import("node:fs")>("node:fs");

// Each write is brought to the disk, which takes its time on a busy machine.
jest.setTimeout(60_000);
afterEach(() => jest.restoreAllMocks());

function failing(code: string): never {
  throw Object.assign(new Error(`${code}: not now`), { code });
}

/** The ways in which a disk refuses to keep a file. */
const breaks: Record<string, () => void> = {
  "there is no room for a file": () => void jest.spyOn(fs, "openSync").mockImplementation(() => failing("ENOSPC")),
  "there is no room for its bytes": () => void jest.spyOn(fs, "writeSync").mockImplementation(() => failing("ENOSPC")),
  "there is room for half of its bytes": () => {
    const { writeSync } = fs;
    jest
      .spyOn(fs, "writeSync")
      .mockImplementation((descriptor: number, data: unknown) =>
        writeSync(descriptor, Buffer.from(data as Uint8Array).subarray(0, 1000)),
      );
  },
  "its bytes do not get as far as the disk": () =>
    void jest.spyOn(fs, "fsyncSync").mockImplementation(() => failing("EIO")),
  "it cannot get its name": () => void jest.spyOn(fs, "renameSync").mockImplementation(() => failing("EIO")),
};

/** A sandbox with a state file, and an application, an API and an authorization that all writes below are about. */
async function prepared(state = join(temporaryFolder(), "state.json")) {
  const sandbox = await sandboxFor({ state });
  const call = await callerFor(sandbox);
  const { id: app } = await call("POST", "/applications", {
    ...machine,
    authenticationSequence: { type: "USER_DEFINED", steps: [{ id: 1, options: [basic] }] },
  });
  const { id: api, body } = await call("POST", "/api-resources", bookings);
  await call("POST", `/applications/${app}/authorized-apis`, { id: api, scopes: ["bookings:read"] });
  const passiveSts = { realm: "realm", replyTo: "https://a.example" };
  await call("PUT", `/applications/${app}/inbound-protocols/passive-sts`, passiveSts);
  const { id: other } = await call("POST", "/applications", { ...machine, name: "other" });
  await call("PUT", `/applications/${other}/inbound-protocols/saml`, { manualConfiguration: saml });
  await call("POST", "/oidc/scopes", { name: "badge", displayName: "Badge", claims: [] });
  await call("POST", `/applications/${app}/inbound-protocols/oidc/secrets`, {});
  const client = objectOf((await call("GET", `/applications/${app}/inbound-protocols/oidc`)).body);
  const secrets = (await call("GET", `/applications/${app}/inbound-protocols/oidc/secrets`)).body;
  const scope = textAt(valueAt(body, "scopes", 0), "id");
  const { body: sharing } = await call("POST", "/organizations", { name: "Sharing" });
  const { body: lonely } = await call("POST", "/organizations", { name: "Lonely" });
  await call("POST", `/applications/${other}/share`, { sharedOrganizations: [textAt(sharing, "id")] });
  await call("POST", "/organization-configs/discovery", { properties: [{ key: "emailDomain.enable", value: true }] });
  const found = [{ type: "emailDomain", values: ["lonely.example"] }];
  await call("POST", "/organizations/discovery", { organizationId: textAt(lonely, "id"), attributes: found });
  const { id: role } = await call("POST", "/scim2/v2/Roles", { displayName: "clerk" });
  const { id: group } = await call("POST", "/scim2/Groups", { displayName: "clerks" });
  const { id: user } = await call("POST", "/scim2/Users", { userName: "kim", password: "Kim-pass-1" });
  const ids: Ids = {
    ...{ app, other, api, scope, secret: textAt(valueAt(secrets, "list", 1), "secretId"), role, group, user },
    ...{ sharing: textAt(sharing, "id"), lonely: textAt(lonely, "id") },
    root: sandbox.tenant.organizations[0]?.id ?? "",
  };
  return { sandbox, call, state, ids, client };
}

const machine = { name: "m", inboundProtocolConfiguration: { oidc: { grantTypes: ["client_credentials"] } } };
const saml = { issuer: "issuer", assertionConsumerUrls: ["https://a.example/acs"] };
const basic = { idp: "LOCAL", authenticator: "BasicAuthenticator" };
const serverError = { status: 500, body: { code: "SE-50000", message: "Unexpected Processing Error." } };
const scimError = { status: 500, body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "500" } };
const serverErrorOf = (path: string) => (path.startsWith("/scim2/") ? scimError : serverError);
const silent = () => jest.spyOn(process.stderr, "write").mockReturnValue(true);

/** What is kept of a tenant, in memory and in its folder. */
const kept = ({ tenant }: Sandbox, state: string) => ({
  memory: structuredClone(tenant),
  file: readFileSync(state, "utf8"),
  neighbours: readdirSync(dirname(state)),
});

describe("a change that cannot be written", () => {
  test.each(Object.entries(breaks))("is a 500, and changes nothing, in memory or on disk: %s", async (_, breakDisk) => {
    const { sandbox, call, state, ids, client } = await prepared();
    const before = kept(sandbox, state);
    const said = silent();
    breakDisk();
    for (const [method, path, body] of writes(ids, client)) {
      expect({ path, answer: await call(method, path, body) }).toMatchObject({ path, answer: serverErrorOf(path) });
      expect(sandbox.tenant).toEqual(before.memory);
    }
    expect(said).toHaveBeenCalledWith(expect.stringContaining(`The state file ${state} cannot be written: `));
    jest.restoreAllMocks();
    expect(kept(sandbox, state)).toEqual(before);
  });

  test("is possible again as soon as there is room, at every route", async () => {
    const first = await prepared();
    await first.sandbox.close();
    for (const [method, path, body] of writes(first.ids, first.client)) {
      const state = join(temporaryFolder(), "state.json");
      copyFileSync(first.state, state);
      const sandbox = await sandboxFor({ state });
      const call = await callerFor(sandbox);
      silent();
      breaks["there is room for half of its bytes"]?.();
      expect(await call(method, path, body)).toMatchObject(serverErrorOf(path));
      jest.restoreAllMocks();
      const before = kept(sandbox, state);
      const { status } = await call(method, path, body);
      if (status >= 300) throw new Error(`${method} ${path} got ${status}`);
      const after = kept(sandbox, state);
      expect(after.file).not.toBe(before.file);
      expect(JSON.parse(after.file)).toEqual(JSON.parse(JSON.stringify(after.memory)));
      await sandbox.close();
    }
  });

  test("revokes no token: what it would have taken them from is still there", async () => {
    const { sandbox, call, ids, client } = await prepared();
    const credentials = { clientId: textAt(client, "clientId"), clientSecret: textAt(client, "clientSecret") };
    const { body } = await requestToken(sandbox, credentials, { scope: "bookings:read" });
    const own = callerWith(sandbox, textAt(body, "access_token"));
    silent();
    breaks["there is no room for its bytes"]?.();
    const app = `/applications/${ids.app}`;
    for (const [method, path] of [
      ["POST", `${app}/inbound-protocols/oidc/regenerate-secret`],
      ["POST", `${app}/inbound-protocols/oidc/revoke`],
      ["DELETE", `${app}/inbound-protocols/oidc`],
      ["DELETE", app],
    ] as const) {
      expect(await call(method, path)).toMatchObject(serverError);
      // Known, but without the scope: a token that was revoked gets 401.
      expect((await own("GET", "/applications")).status).toBe(403);
    }
  });

  test("leaves what a program has changed behind the server's back", async () => {
    const { sandbox, call, ids } = await prepared();
    const application = () => sandbox.tenant.applications.find(({ id }) => id === ids.app);
    Object.assign(application() ?? {}, { description: "from behind" });
    silent();
    breaks["there is no room for its bytes"]?.();
    expect(await call("DELETE", `/api-resources/${ids.api}`)).toMatchObject(serverError);
    expect(application()).toMatchObject({ description: "from behind", authorizations: [{ apiId: ids.api }] });
  });

  test("is one of the console, or has a fault behind it, like any other", async () => {
    const { sandbox, call, state } = await prepared();
    const before = kept(sandbox, state);
    silent();
    breaks["there is no room for its bytes"]?.();
    const applications = "/api/server/v1/applications";
    expect(await sandbox.console("POST", applications, { name: "by hand" })).toMatchObject(serverError);
    sandbox.setFaults([{ kind: "latency", milliseconds: 1, when: "after" }]);
    expect(await call("POST", "/applications", { name: "late" })).toMatchObject(serverError);
    sandbox.setFaults([{ kind: "status", status: 503, when: "after" }]);
    expect((await call("POST", "/applications", { name: "masked" })).status).toBe(503);
    jest.restoreAllMocks();
    expect(kept(sandbox, state)).toEqual(before);
  });

  test.each(["before", "after"] as const)(
    "is no fault that was played, where it would have been a withdrawal %s a request, which is served",
    async (when) => {
      const { sandbox, call, state } = await prepared();
      const before = kept(sandbox, state);
      silent();
      breaks["it cannot get its name"]?.();
      sandbox.setFaults([{ kind: "withdraw", scope: "internal_application_mgt_view", tokens: "revoke", when }]);
      expect((await call("GET", "/applications")).status).toBe(200);
      expect(sandbox.requests.at(-1)).not.toHaveProperty("fault");
      jest.restoreAllMocks();
      expect(kept(sandbox, state)).toEqual(before);
    },
  );
});

test("the table of writes has every route that writes", async () => {
  const { ids, client } = await prepared();
  const tried = writes(ids, client).map(([method, path]) => ({ method, path }));
  const missing = routesThatWrite().filter(
    (route) => !tried.some(({ method, path }) => route.method === method && route.pattern.test(path)),
  );
  expect(missing).toEqual([]);
});

test("a sandbox that cannot write its tenant does not start, and leaves the file as it was", async () => {
  const { sandbox, state } = await prepared();
  await sandbox.close();
  const text = readFileSync(state, "utf8");
  for (const breakDisk of Object.values(breaks)) {
    for (const file of [state, join(temporaryFolder(), "new.json")]) {
      breakDisk();
      const attempt = startSandbox({ state: file, clientSecret: "another" });
      await expect(attempt).rejects.toThrow(StateError);
      await expect(attempt).rejects.toThrow(`The state file ${file} cannot be written: `);
      jest.restoreAllMocks();
      if (file === state) expect(readFileSync(state, "utf8")).toBe(text);
      else expect(existsSync(file)).toBe(false);
    }
  }
});
