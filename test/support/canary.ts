import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What secrets and tokens begin with in tests, so that a leak can be found by it. `npm test` sets it, and searches the
 * whole output of the tests for it. The sandbox's own secrets have it, too.
 */
const variable = "PULUMI_ASGARDEO_SANDBOX_MARK";
const mark = process.env[variable] || "canary-7f3a-";
process.env[variable] = mark;

/** A secret of the test's own choice. */
export function canary(name: string): string {
  return `${mark}${name}`;
}

/** The text as base64 has it, by where it begins in a group of three bytes. */
const encoded = [0, 1, 2].map((before) => {
  const text = Buffer.from("-".repeat(before) + mark)
    .toString("base64")
    .replace(/=+$/, "");
  // The first and the last character may hold bits of what stands beside the text.
  return text.slice(before === 0 ? 0 : 4, -1);
});

/** Where a text has a secret: its surroundings, with the secret cut off. */
export function leaksIn(text: string): string[] {
  return [mark, ...encoded].flatMap((form) => {
    const at = text.indexOf(form);
    return at < 0 ? [] : [`${text.slice(Math.max(0, at - 200), at)}[here]`];
  });
}

/** The same for all files below a folder, by name; links are not followed. */
export function leaksBelow(folder: string, isLeftOut: (path: string) => boolean = () => false): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (isLeftOut(path) || stat.isSymbolicLink()) return [];
    if (stat.isDirectory()) return leaksBelow(path, isLeftOut);
    return stat.isFile() ? leaksIn(readFileSync(path, "latin1")).map((where) => `${path}: ${where}`) : [];
  });
}
