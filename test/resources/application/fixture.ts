import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "../../../../shared/fixtures");

/** A sample of WSO2's own tests, which lie beside the repository where they are at hand. */
export function fixture(name: string) {
  const file = join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** For tests of the samples: they are skipped where there are none. */
export const sampleTest: jest.It = !existsSync(folder) ? test.skip : test;
