import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A sample of WSO2's own tests, which lie beside the repository where they are at hand. */
export function fixture(name: string) {
  const file = join(__dirname, "../../../../shared/fixtures", name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
