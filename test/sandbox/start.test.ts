import { existsSync } from "node:fs";
import { Server } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { type SandboxOptions, StartError, startSandbox } from "../../sandbox";
import { callerFor, requestToken, sandboxFor, temporaryFolder, webApplication } from "./support";

describe("startSandbox", () => {
  test("gives every sandbox a port, a client and a tenant of its own", async () => {
    const [one, two] = await Promise.all([sandboxFor(), sandboxFor()]);
    expect(one.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(one.organization).toBe("sandbox");
    expect(one.baseUrl).not.toBe(two.baseUrl);
    expect(one.clientSecret).not.toBe(two.clientSecret);
    expect((await requestToken(two, one)).status).toBe(401);
    await (await callerFor(one))("POST", "/applications", webApplication);
    expect(one.tenant.applications).toHaveLength(4);
    expect(two.tenant.applications).toHaveLength(3);
  });

  test("takes the organization and the client that are asked for", async () => {
    const options = { organization: "acme", clientId: "boot", clientSecret: "secret" };
    const sandbox = await sandboxFor(options);
    expect(sandbox).toMatchObject(options);
    expect((await requestToken(sandbox)).status).toBe(200);
  });

  test.each<[SandboxOptions, RegExp]>([
    [{ organization: "a/b" }, /^'a\/b' cannot be the name of an organization/],
    [{ clientId: "a:b" }, /colon/],
    [{ port: 70_000 }, /^70000 is not a port/],
    [{ rateLimit: 0 }, /^0 is not a rate limit/],
    [{ log: join("no", "such", "folder", "log") }, /^The log file .* cannot be written/],
  ])("refuses %j in a sentence", async (options, sentence) => {
    const attempt = startSandbox(options);
    await expect(attempt).rejects.toThrow(StartError);
    await expect(attempt).rejects.toThrow(sentence);
  });

  test("says so when the port is taken, and writes no state", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const state = join(temporaryFolder(), "state.json");
    await expect(startSandbox({ port, state })).rejects.toThrow(
      `The sandbox cannot listen on port ${port} of 127.0.0.1: another program uses it.`,
    );
    expect(existsSync(state)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("a sandbox", () => {
  test("notes what it has served, in order", async () => {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    await call("GET", "/applications?limit=1");
    await call("POST", "/applications", {});
    expect(sandbox.requests).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        method: "POST",
        path: "/t/sandbox/oauth2/token",
        status: 200,
        milliseconds: expect.any(Number),
      },
      expect.objectContaining({ method: "GET", path: "/t/sandbox/api/server/v1/applications?limit=1", status: 200 }),
      expect.objectContaining({ method: "POST", path: "/t/sandbox/api/server/v1/applications", status: 400 }),
    ]);
  });

  test("has a console that may do everything and leaves no trace", async () => {
    const sandbox = await sandboxFor({ rateLimit: 1 });
    const created = await sandbox.console("POST", "/api/server/v1/applications", webApplication);
    expect(created).toEqual({ status: 201, id: expect.any(String), body: undefined });
    const path = `/api/server/v1/applications/${created.id}`;
    expect((await sandbox.console("PATCH", path, { description: "by hand" })).status).toBe(200);
    expect(await sandbox.console("GET", path)).toMatchObject({ status: 200, body: { description: "by hand" } });
    expect((await sandbox.console("GET", `${path}/inbound-protocols/oidc`)).body).toHaveProperty("clientSecret");
    expect((await sandbox.console("GET", "/nothing")).body).toBe("Not Found");
    expect(sandbox.requests).toEqual([]);
  });

  test("shows its tenant, which can be changed without asking the server", async () => {
    const sandbox = await sandboxFor();
    const { id } = await sandbox.console("POST", "/api/server/v1/applications", webApplication);
    const application = sandbox.tenant.applications.find((candidate) => candidate.id === id);
    if (application) application.description = "from behind";
    expect((await sandbox.console("GET", `/api/server/v1/applications/${id}`)).body).toMatchObject({
      description: "from behind",
    });
  });

  test("ends at once, and as often as it is told to", async () => {
    const sandbox = await sandboxFor();
    // Leaves a connection open that could be used again.
    await requestToken(sandbox);
    // What is left for connections that do not end by themselves.
    const force = jest.spyOn(Server.prototype, "closeAllConnections");
    await Promise.all([sandbox.close(), sandbox.close()]);
    await sandbox.close();
    expect(force).not.toHaveBeenCalled();
    force.mockRestore();
    await expect(requestToken(sandbox)).rejects.toThrow();
  });
});
