import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { type Ended, environment, main, owned, type Said, start, tokenOf, whereBuilt as where } from "./command";
import { callerWith, temporaryFolder, textAt, webApplication } from "./support";

/** Runs the command to its end. */
function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [main, ...args],
      { env: { ...environment, ...env } },
      (_, stdout, stderr) => done({ code: child.exitCode, stdout, stderr }),
    );
    owned(child);
  });
}

// Each test starts processes, and on a busy machine their start alone takes seconds.
jest.setTimeout(60_000);

describe("pulumi-asgardeo sandbox", () => {
  where.each(["SIGTERM", "SIGINT"] as const)("says one line of JSON, serves, and ends well on %s", async (signal) => {
    const { child, line, ended } = start([]);
    const said: Said = JSON.parse(await line);
    expect(said).toEqual({
      baseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      organization: "sandbox",
      clientId: expect.any(String),
      clientSecret: expect.any(String),
    });
    // A connection that stays open must not hold it up.
    expect(await tokenOf(said)).not.toBe("");
    child.kill(signal);
    expect(await ended).toEqual({ code: 0, stdout: await line, stderr: "" });
  });

  where("takes the secret of its client from a variable of its own, and an option before it", async () => {
    const env = { ASGARDEO_SANDBOX_CLIENT_SECRET: "from-variable" };
    const [variable, option, empty] = await Promise.all([
      start(["--client-id", "boot", "--organization", "acme", "--server", "7.1"], { env }).line,
      start(["--client-secret", "from-option"], { env }).line,
      start([], { env: { ASGARDEO_SANDBOX_CLIENT_SECRET: "" } }).line,
    ]);
    const taken = { clientId: "boot", clientSecret: "from-variable", organization: "acme" };
    expect(JSON.parse(variable)).toMatchObject(taken);
    expect(JSON.parse(option)).toMatchObject({ clientSecret: "from-option" });
    expect(JSON.parse(empty).clientSecret).not.toBe("");
  });

  where("has a user of its own, who signs in with the password of a variable", async () => {
    const folder = temporaryFolder();
    const [state, log] = [join(folder, "state.json"), join(folder, "log")];
    const env = { ASGARDEO_SANDBOX_PASSWORD: "From-variable-1" };
    const { child, line, ended } = start(["--user", "demo", "--state", state, "--log", log, "--server", "7.2"], {
      env,
    });
    const { baseUrl, organization }: Said = JSON.parse(await line);
    // On a release, a user may introspect: here, one who lacks the role for it.
    const statusFor = async (password: string) => {
      const headers = { authorization: `Basic ${Buffer.from(`demo:${password}`).toString("base64")}` };
      const url = `${baseUrl}/t/${organization}/oauth2/introspect`;
      return (await fetch(url, { method: "POST", headers, body: new URLSearchParams({ token: "t" }) })).status;
    };
    expect(await statusFor("From-variable-1")).toBe(403);
    expect(await statusFor("other")).toBe(401);
    const jwks = await (await fetch(`${baseUrl}/t/${organization}/oauth2/jwks`)).json();
    expect(jwks).toMatchObject({ keys: [{ kty: "RSA" }] });
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
    for (const file of [state, log]) expect(readFileSync(file, "utf8")).not.toContain("From-variable-1");
  });

  where("does what comes behind an answer later, if it is told to", async () => {
    const told: Said = JSON.parse(await start(["--background", "2"]).line);
    const call = callerWith(told, await tokenOf(told));
    const { body } = await call("POST", "/organizations", { name: "Customer" });
    const { id } = await call("POST", "/applications", { name: "Shared" });
    // What comes behind the new organization has been done before anything is shared.
    for (let at = 0; at < 2; at += 1) await call("GET", `/applications/${id}`);
    await call("POST", `/applications/${id}/share`, { shareWithAllChildren: true });
    const shared = async () => (await call("GET", `/applications/${id}/shared-apps`)).body;
    expect(await shared()).toEqual({});
    await shared();
    expect(await shared()).toMatchObject({ sharedApplications: [{ organizationId: textAt(body, "id") }] });
  });

  where("reads none of the provider's variables: nothing of a real tenant is printed, kept or logged", async () => {
    const folder = temporaryFolder();
    const fileAt = (name: string) => join(folder, name);
    const [state, log, secretFile] = [fileAt("state.json"), fileAt("log"), fileAt("secret")];
    writeFileSync(secretFile, "production-secret-in-file");
    const env = {
      ASGARDEO_ORGANIZATION: "production-organization",
      ASGARDEO_BASE_URL: "https://production-server.example",
      ASGARDEO_CLIENT_ID: "production-client",
      ASGARDEO_CLIENT_SECRET: "production-secret",
      ASGARDEO_CLIENT_SECRET_FILE: secretFile,
    };
    const { child, line, ended } = start(["--state", state, "--log", log], { env });
    expect(await tokenOf(JSON.parse(await line))).not.toBe("");
    child.kill("SIGTERM");
    const { stdout, stderr } = await ended;
    const written = [state, log].map((file) => readFileSync(file, "utf8"));
    for (const text of [stdout, stderr, ...written]) expect(text).not.toMatch(/production/);
  });

  where("keeps its state over a kill, and writes a log without secrets", async () => {
    const folder = temporaryFolder();
    const args = ["--state", join(folder, "state.json"), "--log", join(folder, "log"), "--organization", "acme"];
    const first = start(args, { env: { ASGARDEO_SANDBOX_CLIENT_SECRET: "bootstrap-secret" } });
    const said: Said = JSON.parse(await first.line);
    const token = await tokenOf(said);
    const call = callerWith(said, token);
    expect((await call("POST", "/applications", webApplication)).status).toBe(201);
    first.child.kill("SIGKILL");
    await first.ended;
    const log = readFileSync(join(folder, "log"), "utf8");
    expect(
      log
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).status),
    ).toEqual([200, 201]);
    for (const secret of ["bootstrap-secret", token]) expect(log).not.toContain(secret);
    const again: Said = JSON.parse(await start(args).line);
    expect(again).toMatchObject({ organization: "acme", clientId: said.clientId, clientSecret: "bootstrap-secret" });
    const { body } = await callerWith(again, await tokenOf(again))("GET", "/applications?filter=name+eq+web");
    expect(body).toMatchObject({ totalResults: 1 });
  });

  where("plays the faults of a file, and has them in its log", async () => {
    const folder = temporaryFolder();
    const [faults, log] = [join(folder, "faults.json"), join(folder, "log")];
    writeFileSync(faults, '[{ "kind": "status", "status": 503, "path": "/oauth2/token", "skip": 1 }]');
    const { child, line, ended } = start(["--faults", faults, "--log", log]);
    const said: Said = JSON.parse(await line);
    await tokenOf(said);
    await expect(tokenOf(said)).rejects.toThrow("server_error");
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
    const [first, second] = readFileSync(log, "utf8").split("\n");
    expect(JSON.parse(first ?? "")).not.toHaveProperty("fault");
    expect(JSON.parse(second ?? "")).toMatchObject({ status: 503, fault: { kind: "status", when: "before" } });
  });

  where("says what is wrong in one sentence, without a stack", async () => {
    const folder = temporaryFolder();
    const state = join(folder, "state.json");
    writeFileSync(state, "{");
    const faults = join(folder, "faults.json");
    writeFileSync(faults, '[{ "kind": "latency" }]');
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    const port = String(typeof address === "object" && address ? address.port : 0);
    const runs: [string[], RegExp][] = [
      [["--state", state], /^The state file .* is damaged: it is not JSON\. It was left as it is\.\n$/],
      [["--port", port], /^The sandbox cannot listen on port \d+ of 127\.0\.0\.1: another program uses it\.\n$/],
      [
        ["--port", "many"],
        /^error: option '--port <number>' argument 'many' is invalid\. It is not a whole number\.\n$/,
      ],
      [["--port", "70000"], /^70000 is not a port.*\n$/],
      [["--server", "6.0"], /^error: .*'6\.0' is invalid\. Allowed choices are asgardeo, 7\.0, 7\.1, 7\.2\.\n$/],
      [["--organization", "a/b"], /^'a\/b' cannot be the name of an organization.*\n$/],
      [["--log", join(folder, "no", "log")], /^The log file .* cannot be written: .*\n$/],
      [["--faults", faults], /^The faults file .* cannot be used: rules\[0\]\.milliseconds is missing: .*\.\n$/],
      [["--user", "demo"], /^The user demo needs a password: --password, or better ASGARDEO_SANDBOX_PASSWORD\.\n$/],
      [
        ["--user", "demo", "--password", "weak"],
        /^The password of the user demo is too weak: Must be between 8 and 64 characters\.\n$/,
      ],
      [["--nonsense"], /^error: unknown option '--nonsense'\n$/],
    ];
    const ends = await Promise.all(runs.map(([args]) => run(["sandbox", ...args])));
    await new Promise((closed) => server.close(closed));
    for (const [index, [, sentence]] of runs.entries()) {
      expect(ends[index]).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(sentence) });
    }
    expect(readFileSync(state, "utf8")).toBe("{");
  });

  where("explains itself without showing what is in the environment", async () => {
    const { version } = JSON.parse(readFileSync(resolve(__dirname, "..", "..", "package.json"), "utf8"));
    const env = { ASGARDEO_SANDBOX_CLIENT_SECRET: "bootstrap-secret", ASGARDEO_SANDBOX_PASSWORD: "user-password" };
    const [shown, help, all] = await Promise.all([
      run(["--version"]),
      run(["sandbox", "--help"], env),
      run(["--help"]),
    ]);
    expect(shown).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect(help.stdout).toContain("--rate-limit <per-minute>");
    expect(help.stdout).toContain("ASGARDEO_SANDBOX_CLIENT_SECRET");
    expect(help.stdout).toContain("ASGARDEO_SANDBOX_PASSWORD");
    for (const secret of Object.values(env)) expect(help.stdout).not.toContain(secret);
    expect(all.stdout).toContain("sandbox");
  });
});
