import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StateError, startSandbox } from "../../sandbox";
import {
  bookings,
  callerFor,
  objectOf,
  requestToken,
  sandboxFor,
  temporaryFolder,
  textAt,
  valueAt,
  webApplication,
} from "./support";

const stateFile = () => join(temporaryFolder(), "state.json");

describe("the state file", () => {
  test("keeps the whole tenant over a restart", async () => {
    const state = stateFile();
    const first = await sandboxFor({ state, organization: "acme", server: "7.2" });
    const call = await callerFor(first);
    const { id: application } = await call("POST", "/applications", webApplication);
    const { id } = await call("POST", "/api-resources", bookings);
    await call("POST", `/applications/${application}/authorized-apis`, { id, scopes: ["bookings:read"] });
    await first.close();
    const second = await sandboxFor({ state });
    expect(second).toMatchObject({
      organization: "acme",
      clientId: first.clientId,
      clientSecret: first.clientSecret,
      tenant: JSON.parse(JSON.stringify(first.tenant)),
    });
    expect((await (await callerFor(second))("GET", `/applications/${application}/authorized-apis`)).body).toMatchObject(
      [{ id }],
    );
  });

  test("keeps what is in organizations, and fills in what an older version did not have there", async () => {
    const state = stateFile();
    const first = await sandboxFor({ state });
    const call = await callerFor(first);
    const { body } = await call("POST", "/organizations", { name: "One" });
    await call("POST", `/applications/${first.tenant.bootstrap}/share`, { shareWithAllChildren: true });
    await first.close();
    const second = await sandboxFor({ state });
    expect(second.tenant).toEqual(JSON.parse(JSON.stringify(first.tenant)));
    const id = textAt(body, "id");
    expect(second.tenant.inside[id]).toMatchObject({ applications: [{ name: "Bootstrap Client" }] });
    await second.close();
    const file = objectOf(JSON.parse(readFileSync(state, "utf8")));
    writeFileSync(state, JSON.stringify({ ...file, inside: { [id]: {} } }));
    expect((await sandboxFor({ state })).tenant.inside[id]).toMatchObject({ applications: [] });
  });

  test("that version 0.1.0 has written has the tenant's own organization, and none below it", async () => {
    const state = stateFile();
    copyFileSync(join(__dirname, "..", "state", "v0.1.0", "tenant.json"), state);
    const { tenant } = await sandboxFor({ state });
    expect(tenant.organizations).toMatchObject([{ name: tenant.organization, orgHandle: tenant.organization }]);
    expect(tenant.inside).toEqual({});
  });

  test("that version 0.1.0 has written is read is read, and its applications keep the audience that they have there", async () => {
    const state = stateFile();
    copyFileSync(join(__dirname, "..", "state", "v0.1.0", "tenant.json"), state);
    const sandbox = await sandboxFor({ state });
    const call = await callerFor(sandbox);
    const { body } = await call("GET", "/applications?attributes=associatedRoles.allowedAudience");
    expect(valueAt(body, "applications")).toContainEqual(
      expect.objectContaining({ name: "Plain", associatedRoles: { allowedAudience: "ORGANIZATION" } }),
    );
  });

  test("is readable by its owner only, and has no half-written neighbours", async () => {
    const state = stateFile();
    const sandbox = await sandboxFor({ state });
    await (await callerFor(sandbox))("POST", "/applications", webApplication);
    expect(statSync(state).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(state, ".."))).toEqual(["state.json"]);
  });

  test.each([
    ["nothing", ""],
    ["half of JSON", '{"format": 1, "organization": "ac'],
    ["other JSON", '{"format": 2}'],
    ["a tenant with a member too many", JSON.stringify({ format: 1, extra: true })],
  ])("that holds %s is an error and stays as it is", async (_, text) => {
    const state = stateFile();
    writeFileSync(state, text);
    const attempt = startSandbox({ state });
    await expect(attempt).rejects.toThrow(StateError);
    await expect(attempt).rejects.toThrow(/is damaged: .* It was left as it is\.$/);
    expect(readFileSync(state, "utf8")).toBe(text);
  });

  test("that cannot be read or written is an error", async () => {
    await expect(startSandbox({ state: temporaryFolder() })).rejects.toThrow(/cannot be read/);
    await expect(startSandbox({ state: join(temporaryFolder(), "no", "state") })).rejects.toThrow(/cannot be written/);
  });

  test("of another organization or server is an error", async () => {
    const state = stateFile();
    await (await sandboxFor({ state })).close();
    await expect(startSandbox({ state, organization: "acme" })).rejects.toThrow(
      `The state file ${state} is of the organization 'sandbox', not of 'acme'.`,
    );
    await expect(startSandbox({ state, server: "7.0" })).rejects.toThrow("of the server 'asgardeo', not of '7.0'");
    expect((await sandboxFor({ state, organization: "sandbox", server: "asgardeo" })).organization).toBe("sandbox");
  });
});

describe("the bootstrap client of a state file", () => {
  test("gets the credentials that are asked for", async () => {
    const state = stateFile();
    const first = await sandboxFor({ state });
    await first.close();
    const second = await sandboxFor({ state, clientId: "boot", clientSecret: "secret" });
    expect((await requestToken(second, { clientId: "boot", clientSecret: "secret" })).status).toBe(200);
    expect((await requestToken(second, first)).status).toBe(401);
    expect(second.tenant.applications).toHaveLength(3);
  });

  test("signs in again after its application was deleted, disabled, revoked or left without a client", async () => {
    const state = stateFile();
    const damages: ((path: string) => [method: string, path: string, body?: unknown])[] = [
      (path: string) => ["DELETE", path],
      (path: string) => ["PATCH", path, { applicationEnabled: false }],
      (path: string) => ["POST", `${path}/inbound-protocols/oidc/revoke`],
      (path: string) => ["DELETE", `${path}/inbound-protocols/oidc`],
    ];
    for (const damage of damages) {
      const sandbox = await sandboxFor({ state });
      const path = `/api/server/v1/applications/${sandbox.tenant.bootstrap}`;
      expect((await sandbox.console(...damage(path))).status).toBeLessThan(300);
      expect((await requestToken(sandbox)).status).toBe(401);
      await sandbox.close();
      const again = await sandboxFor({ state });
      expect((await (await callerFor(again))("GET", "/applications")).status).toBe(200);
      expect(again.tenant.applications).toHaveLength(3);
      await again.close();
    }
  });

  test("cannot take the client id of another application", async () => {
    const state = stateFile();
    await (await sandboxFor({ state })).close();
    await expect(startSandbox({ state, clientId: "CONSOLE" })).rejects.toThrow("that of the application 'Console'");
  });
});
