import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Said, start, tokenOf, whereBuilt } from "./command";
import { type Answer, callerWith, temporaryFolder, valueAt, webApplication } from "./support";

/** A real full disk without a disk: no file of the process may be larger than this, which cuts a write at its limit. */
const blocks = 192;
const limit = (count: number) => `ulimit -S -f ${count};`;
const BLOCK = 512;
const where = process.platform === "win32" ? test.skip : whereBuilt;
/** A device on which there is never room. */
const whereFull = existsSync("/dev/full") ? whereBuilt : test.skip;

// Processes are started, and on a busy machine their start alone takes seconds.
jest.setTimeout(60_000);

async function serving(state: string, shell: string, args: readonly string[] = []) {
  const { child, line, ended } = start(["--state", state, ...args], { shell });
  const said: Said = JSON.parse(await line);
  return { child, ended, call: callerWith(said, await tokenOf(said)) };
}

const countIn = (answer: Answer) => valueAt(answer.body, "totalResults");
const applicationsIn = (state: string) => valueAt(JSON.parse(readFileSync(state, "utf8")), "applications", "length");

where("what is answered is on the disk: when it is full, nothing changes until there is room again", async () => {
  const state = join(temporaryFolder(), "state.json");
  const { child, ended, call } = await serving(state, limit(blocks));
  const made: Answer[] = [];
  let refused: Answer | undefined;
  while (!refused) {
    const answer = await call("POST", "/applications", { ...webApplication, name: `web ${made.length}` });
    if (answer.status === 201) made.push(answer);
    else refused = answer;
  }
  expect(refused).toMatchObject({ status: 500, body: { code: "SE-50000" } });
  expect(made.length).toBeGreaterThan(5);
  expect(statSync(state).size).toBeLessThanOrEqual(blocks * BLOCK);
  expect(readdirSync(dirname(state))).toEqual(["state.json"]);
  for (const body of [{ name: "more" }, { name: "and more" }]) {
    expect((await call("POST", "/applications", { ...webApplication, ...body })).status).toBe(500);
  }
  const list = await call("GET", "/applications?limit=100");
  expect(countIn(list)).toBe(3 + made.length);
  expect(applicationsIn(state)).toBe(3 + made.length);

  for (const { id } of made.slice(0, 2)) expect((await call("DELETE", `/applications/${id}`)).status).toBe(204);
  expect((await call("POST", "/applications", webApplication)).status).toBe(201);
  expect(applicationsIn(state)).toBe(3 + made.length - 2 + 1);
  child.kill("SIGKILL");
  expect((await ended).stderr).toMatch(/The state file .* cannot be written: (only \d+ of \d+ bytes|EFBIG)/);

  const again = await serving(state, "");
  expect(countIn(await again.call("GET", "/applications"))).toBe(3 + made.length - 2 + 1);
});

whereFull("a log and a stderr on a full disk take no answer away, and do not end the process", async () => {
  const state = join(temporaryFolder(), "state.json");
  const { child, ended, call } = await serving(state, `${limit(blocks)} exec 2>/dev/full;`, ["--log", "/dev/full"]);
  let status = 201;
  for (let n = 0; status === 201; n += 1) {
    status = (await call("POST", "/applications", { ...webApplication, name: `web ${n}` })).status;
  }
  expect(status).toBe(500);
  expect((await call("GET", "/applications")).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0 });
});

where("a tenant that does not fit into its file is not served, in a sentence", async () => {
  const state = join(temporaryFolder(), "state.json");
  const { line, ended } = start(["--state", state], { shell: limit(1) });
  await expect(line).rejects.toThrow("It ended");
  expect(await ended).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^The state file \S+ cannot be written: only 512 of \d+ bytes were written\n$/),
  });
  expect(existsSync(state)).toBe(false);
});
