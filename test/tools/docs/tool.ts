import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const tools = pathToFileURL(join(resolve(__dirname, "..", "..", ".."), "tools", "/")).href;

const worker = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", async ({ id, module, name, args }) => {
    try {
      parentPort.postMessage({ id, value: await (await import(${JSON.stringify(tools)} + module))[name](...args) });
    } catch (error) {
      parentPort.postMessage({ id, error: error.message });
    }
  });`;

type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** The parts of the docs tool, in a thread of their own: they are ES modules, which Jest cannot load. */
export class Tool {
  /** What it prints is of no interest: it would stand between the results of the tests. */
  readonly #worker = new Worker(worker, { eval: true, stdout: true });
  readonly #waiting = new Map<number, (answer: Answer) => void>();

  constructor() {
    this.#worker.on("message", (answer: Answer) => this.#waiting.get(answer.id)?.(answer));
  }

  /** Calls a function of tools/docs/ with args that can be copied to the thread. */
  async call<Result>(module: string, name: string, ...args: unknown[]): Promise<Result> {
    const id = this.#waiting.size;
    const { value, error } = await new Promise<Answer>((done) => {
      this.#waiting.set(id, done);
      this.#worker.postMessage({ id, module: `docs/${module}.mjs`, name, args });
    });
    if (error !== undefined) throw new Error(error);
    return value as Result;
  }

  close(): Promise<number> {
    return this.#worker.terminate();
  }
}

const blocks = [
  "resources",
  "look-ups",
  "program",
  "scopes",
  "settings",
  "organization-level",
  "served",
  "routes",
  "limits",
];

/** A package with one resource, as small as the docs tool can do with. */
export const tinyPackage: Readonly<Record<string, string>> = {
  "README.md": blocks.map((name) => `<!-- ${name} -->\n<!-- /${name} -->`).join("\n\n"),
  "provider/index.ts": `
    export { Thing } from "./classes/thing";
    export { Provider } from "./provider";`,
  "provider/provider.ts": `
    /** How to reach a tenant. */
    export interface ProviderArgs {
      /** Where the server is. */
      baseUrl?: Input<string>;
    }
    /** A tenant of its own. More of it. */
    export class Provider extends pulumi.ProviderResource {
      constructor(name: string, args: ProviderArgs) {}
    }`,
  "provider/classes/thing.ts": `
    /** A thing of the tenant. Its id is a number. */
    export class Thing extends resource(thing) {}`,
  "provider/resources/index.ts": `
    import { thing } from "./thing";
    export const lifecycles = { Thing: () => lifecycle(thing) };`,
  "provider/resources/organization-level.ts": `
    const everything = ["create", "read", "update", "delete"];
    export const organizationLevel = { Thing: { operations: everything, note: "Small ones." } };`,
  "provider/resources/thing.ts": `
    import type { ThingArgs, ThingOutputs } from "./thing.args";
    export const thing: Definition<ThingArgs, ThingOutputs> = {
      type: "Thing",
      replaceOn: ["name"],
      secrets: ["key"],
      needs: { create: ["thing_create"], read: ["thing_view"], update: ["thing_create"], delete: ["thing_create"] },
    };`,
  "provider/resources/thing.args.ts": `
    /** What a program says of a thing. */
    export interface ThingArgs {
      /** Its name. Changing it replaces the thing. */
      name: Input<string>;
    }
    /** What the server decides. */
    export interface ThingOutputs {
      /** Its key. */
      key: string;
    }`,
  "provider/api/scopes.ts": `
    export const managementApis = {
      "/api/things": { console: "Thing API", scopes: { thing_view: "view", thing_create: "write" } },
    } as const;`,
  "provider/settings.ts": `const names = { baseUrl: "ASGARDEO_BASE_URL" } as const;`,
  "sandbox/app.ts": `
    import { thingRoutes } from "./routes";
    app.route("/api/things", thingRoutes(services));`,
  "sandbox/routes.ts": `
    export function thingRoutes(services) {
      routes.get("/", list);
      return routes;
    }`,
  "sandbox/versions.ts": "const features = {} as const;",
  "examples/quickstart/index.ts": `import { Thing } from "tiny";\n\nnew Thing("thing", { name: "A" });\n`,
};

/** Lays a package out, with these files in place of those of the tiny one, and does something with its folder. */
export async function inPackage<Result>(
  files: Readonly<Record<string, string>>,
  act: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-docs-"));
  try {
    for (const [path, text] of Object.entries({ ...tinyPackage, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The pages of such a package, by path. */
export function pagesOf(tool: Tool, files: Readonly<Record<string, string>> = {}): Promise<Map<string, string>> {
  return inPackage(files, (folder) => tool.call("pages", "pagesOf", folder));
}
