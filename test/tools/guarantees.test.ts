import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");
const page = readFileSync(join(root, "docs", "guarantees.md"), "utf8");
const named = [...page.matchAll(/^ {2}- `(test\/[^`]+)`: (.+)$/gm)].map(([, file = "", test = ""]) => ({ file, test }));

test("every promise has a test that keeps it", () => {
  const lines = page.split("\n");
  const promises = lines.filter((line) => line.startsWith("- "));
  const kept = lines.filter((line, i) => line.startsWith("- ") && lines[i + 1]?.startsWith("  - "));
  expect(promises.length).toBeGreaterThan(0);
  expect(kept).toEqual(promises);
});

test.each(named)("$file: $test", ({ file, test: name }) => {
  expect(existsSync(join(root, file))).toBe(true);
  expect(readFileSync(join(root, file), "utf8")).toContain(name);
});
