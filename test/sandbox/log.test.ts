import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Journal } from "../../sandbox/journal";
import { callerFor, requestToken, sandboxFor, temporaryFolder, textAt, webApplication } from "./support";

describe("the log", () => {
  test("has a line of JSON for each request, as soon as it is answered", async () => {
    const log = join(temporaryFolder(), "log");
    const sandbox = await sandboxFor({ log });
    const call = await callerFor(sandbox);
    await call("GET", "/applications?filter=name+eq+a");
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(sandbox.requests);
  });

  test("is continued by the next sandbox", async () => {
    const log = join(temporaryFolder(), "log");
    await requestToken(await sandboxFor({ log }));
    await requestToken(await sandboxFor({ log }));
    expect(readFileSync(log, "utf8").trimEnd().split("\n")).toHaveLength(2);
  });

  test("has no secrets, wherever a client may put them", async () => {
    const log = join(temporaryFolder(), "log");
    const sandbox = await sandboxFor({ log, clientSecret: "bootstrap-secret" });
    const token = textAt((await requestToken(sandbox)).body, "access_token");
    const call = await callerFor(sandbox);
    await call("POST", "/applications", webApplication);
    const query = `client_secret=bootstrap-secret&access_token=${token}&client%5Fsecret=bootstrap-secret&limit=3`;
    await fetch(`${sandbox.baseUrl}/t/sandbox/oauth2/token?${query}`, { method: "POST" });
    const text = readFileSync(log, "utf8") + JSON.stringify(sandbox.requests);
    expect(text).toContain("client_secret=***&access_token=***&client%5Fsecret=***&limit=3");
    for (const secret of ["bootstrap-secret", token, "Basic", "Bearer"]) expect(text).not.toContain(secret);
  });
});

test("the requests in memory are the newest 10,000", () => {
  const journal = new Journal(undefined);
  for (let status = 0; status <= 10_000; status += 1) {
    journal.add({ time: "", method: "GET", path: "/", status, milliseconds: 0 });
  }
  expect(journal.requests).toHaveLength(10_000);
  expect(journal.requests[0]).toMatchObject({ status: 1 });
});

describe("a log that cannot be written", () => {
  /** The module itself: what a spy is put on here, the sandbox finds there. */
  const fs = jest.requireActual<typeof import("node:fs")>("node:fs");
  const entry = (path: string) => ({ time: "", method: "GET", path, status: 200, milliseconds: 0 });
  const paths = (log: string) =>
    readFileSync(log, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => (line.endsWith("}") ? JSON.parse(line).path : "cut"));

  afterEach(() => jest.restoreAllMocks());

  test("takes no answer away, and is told of once", async () => {
    const log = join(temporaryFolder(), "log");
    const sandbox = await sandboxFor({ log });
    const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    jest.spyOn(fs, "writeSync").mockImplementation(() => {
      throw new Error("ENOSPC: no space left on device");
    });
    const call = await callerFor(sandbox);
    expect((await call("POST", "/applications", webApplication)).status).toBe(201);
    expect(sandbox.requests).toHaveLength(2);
    expect(said.mock.calls).toEqual([
      [`The log file ${log} lacks lines, since it cannot be written: ENOSPC: no space left on device\n`],
    ]);
    jest.restoreAllMocks();
    await call("GET", "/applications");
    expect(paths(log)).toEqual([expect.stringContaining("/applications")]);
  });

  test("has a line that was cut on a line of its own, wherever it was cut", () => {
    const { writeSync } = fs;
    const whole = Buffer.byteLength(`${JSON.stringify(entry("/second"))}\n`);
    for (let bytes = 0; bytes <= whole; bytes += 1) {
      const log = join(temporaryFolder(), "log");
      const journal = new Journal(log);
      jest.spyOn(process.stderr, "write").mockReturnValue(true);
      journal.add(entry("/first"));
      jest
        .spyOn(fs, "writeSync")
        .mockImplementation((descriptor: number, data: unknown) =>
          writeSync(descriptor, Buffer.from(data as Uint8Array).subarray(0, bytes)),
        );
      journal.add(entry("/second"));
      journal.add(entry("/third"));
      jest.restoreAllMocks();
      journal.add(entry("/fourth"));
      journal.close();
      const found = paths(log);
      expect(found[0]).toBe("/first");
      expect(found.at(-1)).toBe("/fourth");
    }
  });

  test("that another process has left within a line is continued on the next one", async () => {
    const log = join(temporaryFolder(), "log");
    writeFileSync(log, '{"time":"2026-01-01T00:00:00.000Z","meth');
    await requestToken(await sandboxFor({ log }));
    await requestToken(await sandboxFor({ log }));
    const token = "/t/sandbox/oauth2/token";
    expect(paths(log)).toEqual(["cut", token, token]);
  });
});
