import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** What a fresh program has loaded after this text, of the built package's files and of packages. */
function loaded(text: string): string[] {
  const root = join(__dirname, "..", "..");
  const program = `${text}; process.stdout.write(JSON.stringify(Object.keys(require.cache)))`;
  const files = execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" });
  return (JSON.parse(files) as string[]).map((file) => file.replaceAll("\\", "/"));
}

const index = 'const asgardeo = require("./dist/provider/index.js")';
const isClient = (file: string) => /\/undici\/|\/dist\/provider\/connect\.js$/.test(file);

test("a program that asks nothing does not load the HTTP client", () => {
  const files = loaded(index);
  expect(files.filter((file) => file.endsWith("/dist/provider/look-ups/look-up.js"))).toHaveLength(1);
  expect(files.filter(isClient)).toEqual([]);
});

test("a program that asks loads it then", () => {
  const settings = { organization: "acme", clientId: "me", clientSecret: "hush-hush", baseUrl: "http://127.0.0.1:9" };
  const tenant = `require("./dist/provider/look-ups/tenant.js").tenantOf({}, ${JSON.stringify(settings)})`;
  expect(loaded(`${index}; ${tenant}`).some(isClient)).toBe(true);
});
