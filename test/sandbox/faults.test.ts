import type { FaultRule, Sandbox } from "../../sandbox";
import { Faults } from "../../sandbox/faults";
import { bookings, callerFor, requestToken, sandboxFor, textAt, valueAt, webApplication } from "./support";

const all = "/api/server/v1/applications";

/** A sandbox with these rules, and a caller whose token it issued before they were in force. */
async function faulty(...rules: FaultRule[]) {
  const sandbox = await sandboxFor();
  const call = await callerFor(sandbox);
  sandbox.setFaults(rules);
  return { sandbox, call };
}

const names = ({ tenant }: Sandbox) => tenant.applications.map(({ name }) => name);
const played = ({ requests }: Sandbox) => requests.flatMap(({ fault }) => fault ?? []);

/** The code of the error that a request without an answer ends with. */
async function failure(request: Promise<unknown>): Promise<unknown> {
  return request.then(
    (answer) => answer,
    (error: unknown) => valueAt(error, "cause", "code"),
  );
}

describe("an answer that is replaced", () => {
  test.each([
    ["before", false],
    ["after", true],
  ] as const)("%s the change: it is made is %s", async (when, made) => {
    for (const status of [429, 500, 502, 503]) {
      const { sandbox, call } = await faulty({ kind: "status", status, when, method: "POST", path: all, times: 1 });
      const answer = await call("POST", "/applications", webApplication);
      expect(answer.status).toBe(status);
      expect(answer.headers.get("location")).toBeNull();
      expect(names(sandbox).includes("web")).toBe(made);
      expect(sandbox.requests.at(-1)).toMatchObject({ method: "POST", path: `/t/sandbox${all}`, status });
      expect(played(sandbox)).toEqual([{ kind: "status", when }]);
      expect((await call("POST", "/applications", webApplication)).status).toBe(made ? 409 : 201);
    }
  });

  test("comes before the change where the rule does not say, and before the token is looked at", async () => {
    const sandbox = await sandboxFor({ faults: [{ kind: "status", status: 503 }] });
    const response = await fetch(`${sandbox.baseUrl}/t/sandbox${all}`, { method: "POST" });
    expect(response.status).toBe(503);
    expect(played(sandbox)).toEqual([{ kind: "status", when: "before" }]);
  });

  test.each([
    [429, undefined, null],
    [429, 7, "7"],
    [503, undefined, null],
    [503, "Fri, 31 Dec 2027 23:59:59 GMT", "Fri, 31 Dec 2027 23:59:59 GMT"],
  ])("%s with retryAfter %s has the header %s", async (status, retryAfter, header) => {
    const { call } = await faulty({ kind: "status", status, retryAfter });
    expect((await call("GET", "/applications")).headers.get("retry-after")).toBe(header);
  });

  test("is a page of a proxy for 502, and an error of the API for 500", async () => {
    const { sandbox, call } = await faulty({ kind: "status", status: 502 });
    const page = await call("GET", "/applications");
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.body).toContain("502 Bad Gateway");
    sandbox.setFaults([{ kind: "status", status: 500 }]);
    expect((await call("GET", "/applications")).body).toMatchObject({ code: "SE-50000" });
    sandbox.setFaults([{ kind: "status", status: 500, body: "html" }]);
    expect((await call("GET", "/applications")).body).toContain("500 Internal Server Error");
    sandbox.setFaults([{ kind: "status", status: 401 }]);
    expect((await call("GET", "/applications")).body).toMatchObject({ code: 401, message: "Unauthorized" });
  });

  test("of the token endpoint is one of OAuth, and leaves the APIs alone", async () => {
    const { sandbox, call } = await faulty({ kind: "status", status: 503, path: "/oauth2/token" });
    expect(await requestToken(sandbox)).toMatchObject({ status: 503, body: { error: "server_error" } });
    expect((await call("GET", "/applications")).status).toBe(200);
  });
});

describe("a connection that is reset", () => {
  test.each([
    ["before", false],
    ["after", true],
  ] as const)("%s the change: it is made is %s", async (when, made) => {
    const { sandbox, call } = await faulty({ kind: "reset", when, method: "POST", times: 1 });
    expect(await failure(call("POST", "/applications", webApplication))).toBe("ECONNRESET");
    expect(names(sandbox).includes("web")).toBe(made);
    expect(sandbox.requests.at(-1)).toMatchObject({ method: "POST", status: 0, fault: { kind: "reset", when } });
    expect((await call("GET", "/applications")).status).toBe(200);
  });

  test("takes many others with it in peace: the server goes on without a word", async () => {
    const said = jest.spyOn(process.stderr, "write");
    const { sandbox, call } = await faulty({ kind: "reset", probability: 0.5 });
    const ends = Array.from({ length: 40 }, (_, n) =>
      failure(call("POST", "/applications", { ...webApplication, name: `web ${n}` })),
    );
    const resets = (await Promise.all(ends)).filter((end) => end === "ECONNRESET");
    expect(played(sandbox)).toHaveLength(resets.length);
    expect(names(sandbox)).toHaveLength(3 + 40 - resets.length);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  test("can be that of the token endpoint", async () => {
    const { sandbox } = await faulty({ kind: "reset", path: "/oauth2/*" });
    expect(await failure(requestToken(sandbox))).toBe("ECONNRESET");
  });
});

describe("latency", () => {
  test.each(["before", "after"] as const)(
    "%s the change keeps the answer back, and changes nothing in it",
    async (when) => {
      const { sandbox, call } = await faulty({ kind: "latency", milliseconds: 40, when });
      const started = performance.now();
      expect((await call("POST", "/applications", webApplication)).status).toBe(201);
      expect(performance.now() - started).toBeGreaterThan(38);
      expect(sandbox.requests.at(-1)).toMatchObject({ status: 201, fault: { kind: "latency", when } });
      expect(sandbox.requests.at(-1)?.milliseconds).toBeGreaterThan(38);
    },
  );

  test.each([
    ["before", false],
    ["after", true],
  ] as const)("%s the change: during the wait it is made is %s", async (when, made) => {
    const seen: boolean[] = [];
    const wait = jest.spyOn(Faults.prototype, "wait").mockImplementation(async () => {
      seen.push(names(sandbox).includes("web"));
    });
    const { sandbox, call } = await faulty({ kind: "latency", milliseconds: 5, when });
    expect((await call("POST", "/applications", webApplication)).status).toBe(201);
    expect(wait).toHaveBeenCalledWith(5);
    expect(seen).toEqual([made]);
    expect(names(sandbox)).toContain("web");
    wait.mockRestore();
  });

  test("ends with the sandbox, which answers what waits", async () => {
    const { sandbox, call } = await faulty({ kind: "latency", milliseconds: 3_600_000, when: "after" });
    const answer = call("POST", "/applications", webApplication);
    while (!names(sandbox).includes("web")) await new Promise(setImmediate);
    await sandbox.close();
    expect((await answer).status).toBe(201);
  });
});

describe("a body that is cut", () => {
  test("is what is left of JSON, in an exchange that succeeds", async () => {
    const { sandbox, call } = await faulty({ kind: "truncate", times: 1 });
    await expect(call("GET", "/applications")).rejects.toThrow(/JSON/);
    expect(sandbox.requests.at(-1)).toMatchObject({ status: 200, fault: { kind: "truncate", when: "after" } });
    expect((await call("GET", "/applications")).status).toBe(200);
  });

  test("has the bytes that the rule leaves it, and loses at least one", async () => {
    const { sandbox } = await faulty();
    const token = textAt((await requestToken(sandbox)).body, "access_token");
    const read = async () => {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${sandbox.baseUrl}/t/sandbox${all}`, { headers });
      return { text: await response.text(), length: Number(response.headers.get("content-length")) };
    };
    const whole = await read();
    for (const [bytes, left] of [
      [0, 0],
      [3, 3],
      [1_000_000, whole.length - 1],
    ] as const) {
      sandbox.setFaults([{ kind: "truncate", bytes }]);
      expect(await read()).toEqual({ text: whole.text.slice(0, left), length: left });
    }
  });

  test("is not that of an answer without JSON, which does not count", async () => {
    const { sandbox, call } = await faulty({ kind: "truncate", times: 1 });
    expect((await call("POST", "/applications", webApplication)).status).toBe(201);
    expect(played(sandbox)).toEqual([]);
    await expect(call("GET", "/applications")).rejects.toThrow(/JSON/);
  });
});

describe("an answer that a function changes", () => {
  test("has the function's body, and the status and headers of the real one", async () => {
    const mutate = jest.fn(() => ({ changed: true }));
    const { sandbox, call } = await faulty({ kind: "mutate", mutate, path: all });
    expect(await call("GET", "/applications?limit=1")).toMatchObject({ status: 200, body: { changed: true } });
    expect(mutate).toHaveBeenCalledWith(expect.objectContaining({ totalResults: 3 }), {
      method: "GET",
      path: all,
      query: "?limit=1",
    });
    expect(played(sandbox)).toEqual([{ kind: "mutate", when: "after" }]);
  });

  test("can be one without body, or a refusal", async () => {
    const { sandbox, call } = await faulty({ kind: "mutate", mutate: () => undefined });
    await expect(call("GET", "/applications")).rejects.toThrow(/JSON/);
    sandbox.setFaults([{ kind: "mutate", mutate: (body) => [body] }]);
    expect(await call("GET", "/applications/none")).toMatchObject({ status: 404, body: [{ code: "APP-60006" }] });
  });
});

test("no fault is played on the console", async () => {
  const { sandbox } = await faulty({ kind: "status", status: 500 }, { kind: "mutate", mutate: () => null });
  expect(await sandbox.console("POST", "/api/server/v1/api-resources", bookings)).toMatchObject({
    status: 201,
    body: { id: expect.any(String) },
  });
  expect(sandbox.requests).toHaveLength(1);
  expect(textAt((await sandbox.console("GET", "/api/server/v1/applications/none")).body, "code")).toBe("APP-60006");
});
