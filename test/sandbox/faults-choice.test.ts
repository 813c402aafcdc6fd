import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FaultRule } from "../../sandbox";
import { Faults } from "../../sandbox/faults";
import { callerFor, requestToken, sandboxFor, temporaryFolder, webApplication } from "./support";

const list = "/api/server/v1/applications";

/** Which of these requests a rule has a fault for, by number. */
function hits(rule: Partial<FaultRule>, requests: readonly [method: string, path: string][]): number[] {
  const faults = new Faults([{ kind: "reset", ...rule } as FaultRule]);
  return requests.flatMap(([method, path], number) =>
    faults.choose({ method, path, query: "" }, () => true) ? number : [],
  );
}

const same = (times: number): [string, string][] => Array.from({ length: times }, () => ["GET", list]);

describe("a rule is for", () => {
  const requests: [string, string][] = [
    ["GET", list],
    ["GET", `${list}/1`],
    ["PUT", `${list}/1/inbound-protocols/oidc`],
    ["POST", "/oauth2/token"],
  ];

  test.each<[string, Partial<FaultRule>, number[]]>([
    ["everything", {}, [0, 1, 2, 3]],
    ["a method", { method: "get" }, [0, 1]],
    ["several methods", { method: ["PUT", "post"] }, [2, 3]],
    ["a path", { path: list }, [0]],
    ["a glob of one segment", { path: `${list}/*` }, [1]],
    ["a glob within a segment", { path: "/oauth2/tok*" }, [3]],
    ["a glob of many segments", { path: `${list}/**` }, [1, 2]],
    ["a glob with more behind it", { path: "/**/oidc" }, [2]],
    ["a regular expression in a text", { path: "^/(oauth2|api/server/v1/applications$)" }, [0, 3]],
    ["a regular expression", { path: /\/oidc$|token/ }, [2, 3]],
    ["a regular expression that remembers", { path: /api/g }, [0, 1, 2]],
    ["a path whose point is a point", { path: "/oauth2.token" }, []],
    ["a method and a path", { method: "PUT", path: "/api/**" }, [2]],
  ])("%s", (_, rule, found) => {
    expect(hits(rule, requests)).toEqual(found);
  });

  test("the path below the tenant, with a slash at its end or not, on any server", async () => {
    for (const [server, prefix] of [
      ["asgardeo", "/t/sandbox"],
      ["7.2", "/t/sandbox"],
      ["7.2", ""],
    ] as const) {
      const sandbox = await sandboxFor({ server, faults: [{ kind: "status", status: 503, path: list }] });
      for (const end of ["", "/", "?limit=1"]) {
        expect((await fetch(sandbox.baseUrl + prefix + list + end)).status).toBe(503);
      }
    }
  });
});

describe("a rule plays", () => {
  test("behind the requests it skips, and so many times", () => {
    expect(hits({ skip: 2 }, same(5))).toEqual([2, 3, 4]);
    expect(hits({ times: 2 }, same(5))).toEqual([0, 1]);
    expect(hits({ skip: 1, times: 2 }, same(5))).toEqual([1, 2]);
    expect(hits({ method: "GET", skip: 1, times: 1 }, [["PUT", list], ...same(3)])).toEqual([2]);
  });

  test("the same on the same requests with the same seed, and something else with another", () => {
    const [first, again, other] = [7, 7, 8].map((seed) => hits({ probability: 0.3, seed }, same(1000)));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    for (const faults of [first, other]) {
      expect(faults?.length).toBeGreaterThan(250);
      expect(faults?.length).toBeLessThan(350);
    }
    const others = same(1000).flatMap<[string, string]>((one) => [one, ["PUT", list]]);
    expect(hits({ probability: 0.3, seed: 7, method: "GET" }, others).map((number) => number / 2)).toEqual(first);
  });

  test("always or never at the ends of probability, and at most so many times", () => {
    expect(hits({ probability: 1 }, same(50))).toHaveLength(50);
    expect(hits({ probability: 0 }, same(50))).toEqual([]);
    expect(hits({ probability: 0.5, skip: 10, times: 3 }, same(50))).toHaveLength(3);
    expect(Math.min(...hits({ probability: 0.5, skip: 10, times: 3 }, same(50)))).toBeGreaterThanOrEqual(10);
  });

  test("only if no rule before it has played, and does not count the request otherwise", async () => {
    const sandbox = await sandboxFor();
    const call = await callerFor(sandbox);
    sandbox.setFaults([
      { kind: "mutate", mutate: () => "changed", times: 1 },
      { kind: "status", status: 500, times: 1 },
      { kind: "status", status: 502, times: 1 },
    ]);
    const answers = [];
    for (const _ of [1, 2, 3, 4]) answers.push(await call("GET", "/applications"));
    expect(answers.map(({ status, body }) => (body === "changed" ? body : status))).toEqual([500, 502, "changed", 200]);
  });
});

describe("the rules of a running sandbox", () => {
  test("can be looked at and changed, and start afresh", async () => {
    const rules: FaultRule[] = [{ kind: "status", status: 503, times: 1 }];
    const sandbox = await sandboxFor({ faults: rules });
    expect(sandbox.faults).toEqual(rules);
    const statuses = async () => [(await requestToken(sandbox)).status, (await requestToken(sandbox)).status];
    expect(await statuses()).toEqual([503, 200]);
    sandbox.setFaults(sandbox.faults);
    expect(await statuses()).toEqual([503, 200]);
    sandbox.setFaults([]);
    expect(await statuses()).toEqual([200, 200]);
    expect(sandbox.faults).toEqual([]);
  });

  test("stay as they are when others cannot be used", async () => {
    const rules: FaultRule[] = [{ kind: "reset", path: /^\/none/ }];
    const sandbox = await sandboxFor({ faults: rules });
    expect(() => sandbox.setFaults([{ kind: "status", status: 199 }])).toThrow(
      "The faults cannot be used: rules[0].status must be a whole number from 200 to 599.",
    );
    expect(sandbox.faults).toEqual(rules);
  });

  test("come behind the rate limit, and do not see what it refuses", async () => {
    const sandbox = await sandboxFor({ rateLimit: 1 });
    const call = await callerFor(sandbox);
    sandbox.setFaults([{ kind: "status", status: 500, skip: 1 }]);
    expect([(await call("GET", "/applications")).status, (await call("GET", "/applications")).status]).toEqual([
      200, 429,
    ]);
    expect(sandbox.requests.some(({ fault }) => fault)).toBe(false);
  });
});

test("the log has the fault of a request, and nothing for the others", async () => {
  const log = join(temporaryFolder(), "log");
  const sandbox = await sandboxFor({ log });
  const call = await callerFor(sandbox);
  sandbox.setFaults([{ kind: "status", status: 503, when: "after", method: "POST" }]);
  await call("POST", "/applications", webApplication);
  await call("GET", "/applications");
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual(sandbox.requests);
  expect(sandbox.requests.map((request) => ("fault" in request ? request.fault : "none"))).toEqual([
    "none",
    { kind: "status", when: "after" },
    "none",
  ]);
});
