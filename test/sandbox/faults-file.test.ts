import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sandboxCommand } from "../../cli/sandbox";
import { FaultsError, startSandbox } from "../../sandbox";
import { faultRules, loadFaults } from "../../sandbox/fault-rules";
import { temporaryFolder } from "./support";

function fileOf(text: string): string {
  const file = join(temporaryFolder(), "faults.json");
  writeFileSync(file, text);
  return file;
}

const kinds = "latency, status, flood, reset, truncate, expire-tokens, stale-read, withdraw, disk-full, mutate";
const reset = { kind: "reset" };

const bad: [string, unknown, string][] = [
  ["no list", { rules: [] }, "rules must be a list"],
  ["no object", [reset, "reset"], "rules[1] must be an object with the members of a rule"],
  ["no kind", [{}], `rules[0].kind must be one of ${kinds}`],
  ["an unknown kind", [{ kind: "storm" }], `rules[0].kind must be one of ${kinds}`],
  ["an unknown member", [{ kind: "reset", status: 500 }], "rules[0].status is not a member of such a rule"],
  [
    "a page with the content of JSON",
    [{ kind: "status", status: 200, content: {}, body: "html" }],
    "rules[0].content must not be given for a body that is 'html'",
  ],
  ["a flood of nothing", [{ kind: "flood", bytes: 1 }], "rules[0].bytes must be a whole number, at least 2"],
  ["a time for a full disk", [{ kind: "disk-full", when: "after" }], "rules[0].when is not a member of such a rule"],
  ["no status", [{ kind: "status" }], "rules[0].status is missing: it must be a whole number from 200 to 599"],
  ["a bad status", [{ kind: "status", status: "503" }], "rules[0].status must be a whole number from 200 to 599"],
  [
    "an impossible wait",
    [{ kind: "latency", milliseconds: -1 }],
    "rules[0].milliseconds must be a whole number from 0",
  ],
  ["a bad time", [{ kind: "reset", when: "during" }], "rules[0].when must be 'before' or 'after'"],
  ["a bad method", [{ ...reset, method: ["GET", "PSOT"] }], "rules[0].method[1] must be one of GET, HEAD, POST"],
  ["a path of nothing", [{ ...reset, path: "api/*" }], "rules[0].path must be a path below the tenant that begins"],
  ["a path that is no text", [{ ...reset, path: 1 }], "rules[0].path must be a path below the tenant that begins"],
  ["a tenant", [{ ...reset, path: "/t/acme/**" }], "rules[0].path must not have the tenant: leave '/t/<organization>'"],
  ["a broken expression", [{ ...reset, path: "^/(" }], "rules[0].path is not a valid regular expression"],
  ["a bad count", [reset, { ...reset, times: 0 }], "rules[1].times must be a whole number, at least 1"],
  ["a bad skip", [{ ...reset, skip: 1.5 }], "rules[0].skip must be a whole number, at least 0"],
  ["a bad chance", [{ ...reset, probability: 30 }], "rules[0].probability must be a number from 0 to 1"],
  ["a bad seed", [{ ...reset, seed: "a" }], "rules[0].seed must be a whole number from 0 to 4294967295"],
  ["a bad header", [{ kind: "status", status: 429, retryAfter: "a\nb" }], "rules[0].retryAfter must be a whole number"],
  ["a scope and an API", [{ kind: "withdraw", scope: "a", api: "b" }], "rules[0].scope must be given, or else 'api',"],
  ["neither of them", [{ kind: "withdraw" }], "rules[0].scope must be given, or else 'api', and not both"],
  ["a function", [{ kind: "mutate" }], "rules[0].mutate is missing: it must be a function, which only a program can"],
];

describe("a faults file", () => {
  test("has the rules as they are", () => {
    const rules = [
      { kind: "latency", milliseconds: 20, method: ["GET", "POST"], path: "^/api", probability: 0.1, seed: 3 },
      { kind: "status", status: 429, retryAfter: 2, path: "/oauth2/token", skip: 1, times: 2, when: "after" },
      { kind: "withdraw", scope: "internal_idp_view", tokens: "revoke" },
      { kind: "status", status: 200, content: null, when: "after" },
      { kind: "flood", bytes: 17_000_000, when: "after" },
      { kind: "disk-full", method: "POST" },
    ];
    expect(loadFaults(fileOf(JSON.stringify(rules)))).toEqual(rules);
  });

  test.each(bad)("with %s is refused, in a sentence that names the place", (_, rules, sentence) => {
    const file = fileOf(JSON.stringify(rules));
    const load = () => loadFaults(file);
    expect(load).toThrow(FaultsError);
    expect(load).toThrow(`The faults file ${file} cannot be used: ${sentence}`);
    expect(load).toThrow(/^[^\n]+[^.]\.$/);
  });

  test("that is no JSON, or not there, is refused", () => {
    expect(() => loadFaults(fileOf("[{"))).toThrow(/^The faults file .* is not JSON: /);
    expect(() => loadFaults(join(temporaryFolder(), "none"))).toThrow(/^The faults file .* cannot be read: ENOENT/);
  });
});

test("the command refuses a bad faults file before it serves", async () => {
  const file = fileOf('[{"kind": "status", "status": 199}]');
  await expect(sandboxCommand().parseAsync(["--faults", file], { from: "user" })).rejects.toThrow(
    `The faults file ${file} cannot be used: rules[0].status must be a whole number from 200 to 599.`,
  );
});

test("a program can give what a file cannot: expressions and functions", () => {
  const rules = [{ kind: "mutate", mutate: () => 1, path: /^\/api/ }];
  expect(faultRules(rules)).toEqual(rules);
});

test("a program cannot give what JSON cannot have as the content of an answer", () => {
  const content = { totalResults: 1, applications: [() => 1] };
  expect(() => faultRules([{ kind: "status", status: 200, content }])).toThrow(
    "The faults cannot be used: rules[0].content must be what JSON can have.",
  );
});

test("a program with bad rules is refused before anything is served or written", async () => {
  const state = join(temporaryFolder(), "state.json");
  const attempt = startSandbox({ state, faults: [{ kind: "reset", times: -1 }] });
  await expect(attempt).rejects.toThrow(
    "The faults cannot be used: rules[0].times must be a whole number, at least 1.",
  );
});
