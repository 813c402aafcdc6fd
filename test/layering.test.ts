import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";

const root = join(__dirname, "..");

/** A part of the source, and what it may import: for good, or only as types. The first pattern that fits counts. */
const rooms: readonly { name: string; files: RegExp; uses: string[]; types?: string[] }[] = [
  { name: "visible", files: /^provider\/visible\.ts$/, uses: [] },
  { name: "stub", files: /^provider\/core\/stub\.ts$/, uses: [] },
  {
    name: "args",
    files: /^provider\/(resources\/.*\.args|core\/control-args)\.ts$/,
    uses: [],
    types: ["args", "resources"],
  },
  { name: "named", files: /^provider\/core\/named\.ts$/, uses: [] },
  { name: "core", files: /^provider\/core\//, uses: ["core", "errors", "visible"], types: ["api", "args", "named"] },
  {
    name: "resources",
    files: /^provider\/resources\//,
    uses: ["resources", "core", "api", "errors", "visible"],
    types: ["args"],
  },
  {
    name: "classes",
    files: /^provider\/classes\//,
    uses: ["classes", "resources", "core", "stub"],
    types: ["args", "named"],
  },
  { name: "api", files: /^provider\/api\//, uses: ["api", "errors", "visible"] },
  { name: "errors", files: /^provider\/errors\.ts$/, uses: ["visible"] },
  { name: "settings", files: /^provider\/settings(-\w+)?\.ts$/, uses: ["settings", "core", "errors"] },
  { name: "connect", files: /^provider\/connect\.ts$/, uses: ["api", "visible"], types: ["settings"] },
  {
    name: "service",
    files: /^provider\/service\.ts$/,
    uses: ["resources", "core", "connect", "settings", "errors", "visible"],
    types: ["api"],
  },
  {
    name: "runtime",
    files: /^provider\/runtime\.ts$/,
    uses: ["service", "core", "settings", "errors", "parser-memory"],
  },
  { name: "parser-memory", files: /^provider\/parser-memory\.ts$/, uses: [] },
  { name: "program", files: /^provider\/provider\.ts$/, uses: [] },
  {
    name: "look-ups",
    files: /^provider\/look-ups\//,
    uses: ["look-ups", "program", "resources", "core", "connect", "settings", "api", "errors"],
  },
  {
    name: "index",
    files: /^provider\/index\.ts$/,
    uses: ["classes", "look-ups", "program"],
    types: ["args", "resources"],
  },
  { name: "sandbox", files: /^sandbox\//, uses: ["sandbox"] },
  {
    name: "cli",
    files: /^cli\//,
    uses: ["cli", "sandbox", "resources", "core", "connect", "settings", "api", "errors"],
  },
];

/** Packages and globals that only some files may touch: for good, or at all. */
const reserved: readonly { what: string; within: RegExp; to: RegExp; asTypes?: true }[] = [
  { what: "undici", within: /^(provider|sandbox|cli)\//, to: /^provider\/api\/(http|undici)\.ts$/ },
  {
    what: "@pulumi/pulumi",
    within: /^provider\//,
    to: /^provider\/(classes\/(resource|secret-args|telling)|provider|look-ups\/(look-up|mocks))\.ts$/,
    asTypes: true,
  },
  { what: "process.env", within: /^provider\//, to: /^provider\/settings\.ts$/ },
];

interface Use {
  readonly what: string;
  readonly asType: boolean;
}

/** What a file imports, exports from elsewhere or requires, and whether it reads the environment. */
function usesOf(path: string, text: string): Use[] {
  const uses: Use[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      uses.push({ what: (node.moduleSpecifier as ts.StringLiteral).text, asType: isTypeOnly(node) });
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      uses.push({ what: (node.argument.literal as ts.StringLiteral).text, asType: true });
    }
    if (ts.isCallExpression(node) && /^(import|require|load)$/.test(node.expression.getText())) {
      const [what] = node.arguments;
      if (what && ts.isStringLiteral(what)) uses.push({ what: what.text, asType: false });
    }
    if (ts.isPropertyAccessExpression(node) && node.getText() === "process.env") {
      uses.push({ what: "process.env", asType: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  return uses;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  const named = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
  const whole = ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly : node.isTypeOnly;
  if (whole) return true;
  if (ts.isImportDeclaration(node) && node.importClause?.name) return false;
  if (!named || !(ts.isNamedImports(named) || ts.isNamedExports(named))) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

const roomOf = (path: string) => rooms.find(({ files }) => files.test(path));

/** Everything in a file that goes against the arrows. */
function violations(path: string, text: string): string[] {
  const room = roomOf(path);
  if (!room) return [`${path} is in no room: give it one in the table of this test`];
  return usesOf(path, text).flatMap(({ what, asType }) => {
    const wrong = `${path} must not ${asType ? "import types of" : "use"} ${what}`;
    const rule = reserved.find((each) => each.what === what || what.startsWith(`${each.what}/`));
    if (rule?.within.test(path)) return rule.to.test(path) || (asType && rule.asTypes) ? [] : [wrong];
    if (!what.startsWith(".")) return [];
    const target = roomOf(`${join(dirname(path), what).split(sep).join("/")}.ts`)?.name ?? "";
    return room.uses.includes(target) || (asType && room.types?.includes(target)) ? [] : [wrong];
  });
}

const sources = ["provider", "sandbox", "cli"]
  .flatMap((folder) => filesBelow(folder))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

function filesBelow(folder: string): string[] {
  return ts.sys.readDirectory(join(root, folder), [".ts"]).map((path) => relative(root, path).split(sep).join("/"));
}

/** Files that import each other in a circle: in the provider, be it only for types. */
function circles(): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const edges = new Map(
    sources.map(({ path, text }) => [
      path,
      usesOf(path, text)
        .filter(({ what, asType }) => what.startsWith(".") && !(asType && path.startsWith("sandbox/")))
        .map(({ what }) => `${join(dirname(path), what).split(sep).join("/")}.ts`)
        .filter((target) => paths.has(target)),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) found.push([...way.slice(start), path].join(" > "));
    if (start >= 0 || done.has(path)) return;
    for (const target of edges.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of paths) visit(path, []);
  return found;
}

test("no files import each other in a circle", () => {
  expect(circles()).toEqual([]);
});

test("every file keeps to the arrows", () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.flatMap(({ path, text }) => violations(path, text))).toEqual([]);
});

test.each([
  ["provider/api/token.ts", 'import { check } from "../core/check";'],
  ["provider/api/token.ts", 'import type { Failure } from "../core/check";'],
  ["provider/api/token.ts", 'import { settingsFrom } from "../settings";'],
  ["provider/api/token.ts", 'import { request } from "undici";'],
  ["provider/api/token.ts", "const home = process.env.HOME;"],
  ["provider/core/lifecycle.ts", 'import { Api } from "../api/api";'],
  ["provider/core/lifecycle.ts", 'import { type Scope, apiOf } from "../api/scopes";'],
  ["provider/core/lifecycle.ts", 'import * as pulumi from "@pulumi/pulumi";'],
  ["provider/core/lifecycle.ts", 'import { output } from "@pulumi/pulumi/output";'],
  ["provider/core/lifecycle.ts", 'import { lifecycles } from "../resources/index";'],
  ["provider/core/stub.ts", 'import type { Definition } from "./definition";'],
  ["provider/errors.ts", 'export * from "./settings";'],
  ["provider/index.ts", 'export { settingsFrom } from "./settings";'],
  ["provider/index.ts", 'export const runtime = require("./runtime");'],
  ["provider/resources/application.ts", 'const { connect } = await import("../connect");'],
  ["provider/resources/application.ts", 'type T = import("../settings").Settings;'],
  ["provider/look-ups/get-application.ts", 'import * as pulumi from "@pulumi/pulumi";'],
  ["provider/look-ups/tenant.ts", 'import { Agent } from "undici";'],
  ["provider/look-ups/look-up.ts", 'import { provider } from "../runtime";'],
  ["provider/resources/application.ts", 'import { getApplication } from "../look-ups/get-application";'],
  ["provider/provider.ts", 'import { tenantOf } from "./look-ups/tenant";'],
  ["sandbox/tokens.ts", 'import type { Scope } from "../provider/api/scopes";'],
  ["provider/utils/text.ts", ""],
])("in %s, %s goes against them", (path, text) => {
  expect(violations(path, text)).toHaveLength(1);
});

test.each([
  ["provider/core/lifecycle.ts", 'import type { Api } from "../api/api";'],
  ["provider/core/lifecycle.ts", 'import { type Access, type Scope } from "../api/scopes";'],
  ["provider/core/schema.ts", 'import type * as pulumi from "@pulumi/pulumi"; import { z } from "zod";'],
  ["provider/classes/resource.ts", 'import * as pulumi from "@pulumi/pulumi"; import { stub } from "../core/stub";'],
  ["provider/api/http.ts", 'import { request } from "undici"; import { readFileSync } from "node:fs";'],
  [
    "provider/look-ups/look-up.ts",
    'import * as pulumi from "@pulumi/pulumi"; import { settingsFrom } from "../settings";',
  ],
  ["provider/look-ups/tenant.ts", 'const { connect }: typeof import("../connect") = require("../connect");'],
  ["provider/settings.ts", 'const home = process.env.HOME; import { SettingsError } from "./errors";'],
  ["provider/api/token.ts", "// process.env and undici in words\n"],
  ["sandbox/routes/token.ts", 'import { store } from "../store"; import { Hono } from "hono";'],
])("in %s, %s keeps to them", (path, text) => {
  expect(violations(path, text)).toEqual([]);
});
