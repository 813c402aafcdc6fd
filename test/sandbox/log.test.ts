import { readFileSync } from "node:fs";
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
