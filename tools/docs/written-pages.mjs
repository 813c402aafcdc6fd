import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { layout } from "./layout.mjs";

/** All pages that are there by path, written by hand or by this tool. @param {string} folder @returns {Map<string, string>} */
export function readPages(folder) {
  const below = existsSync(join(folder, layout.pages))
    ? readdirSync(join(folder, layout.pages), { recursive: true, encoding: "utf8" })
    : [];
  const pages = below
    .map((path) => `${layout.pages}/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.md$/.test(path));
  const root = readdirSync(folder).filter((path) => /\.md$/.test(path));
  return new Map([...root, ...pages.sort()].map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
