import { pagesOf, Tool, tinyPackage } from "./tool";

// Each page is made by a compiler of its own.
jest.setTimeout(60_000);

let tool: Tool;
beforeAll(() => {
  tool = new Tool();
});
afterAll(() => tool.close());

/** What stands between two markers. */
async function block(name: string, files: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
  const readme = (await pagesOf(tool, files)).get("README.md");
  return new RegExp(`<!-- ${name} -->\n+([\\s\\S]*?)\n+<!-- /${name} -->`).exec(readme ?? "")?.[1];
}

const lookUp = `
  export { Thing } from "./classes/thing";
  export { Provider } from "./provider";
  /** Reads a thing. It costs a request. */
  export function getThing(args: GetThingArgs): Promise<GetThingResult> {}
  /** The same for outputs. */
  export function getThingOutput(args: GetThingArgs): Output<GetThingResult> {}
  /** By its id. */
  interface GetThingArgs {
    /** The id. */
    id: string;
  }
  /** The thing. */
  interface GetThingResult {
    /** The name. */
    readonly name: string | undefined;
  }`;

describe("what the source says", () => {
  test("lists the resources and the look-ups, each by a sentence, with links to their pages", async () => {
    expect(await block("resources")).toBe(
      "- [Thing](docs/thing.md): A thing of the tenant.\n- [Provider](docs/provider.md): A tenant of its own.",
    );
    expect(await block("look-ups", { "provider/index.ts": lookUp })).toBe(
      "- [getThing](docs/look-ups.md#getthing): Reads a thing.",
    );
  });

  test("lists what the comments say of lengths and counts", async () => {
    const args = (tinyPackage["provider/resources/thing.args.ts"] ?? "").replace(
      "/** Its name. ",
      "/** Its name. At most ten words; up to 255 characters. From 7.1 or later on. ",
    );
    expect(await block("limits", { "provider/resources/thing.args.ts": args })).toBe(
      "- [Thing](docs/thing.md) `name`: At most ten words; up to 255 characters.",
    );
  });

  test("tells what each scope is for", async () => {
    expect(await block("scopes")).toBe(
      [
        "**Thing API**, `/api/things`:",
        "",
        "- `thing_view` (read only: yes)",
        "  - Thing: read",
        "- `thing_create`",
        "  - Thing: create, update, delete",
      ].join("\n"),
    );
  });

  test("tells what of each type there is in an organization", async () => {
    expect(await block("organization-level")).toBe("- [Thing](docs/thing.md): works\n\n  Small ones.");
    const levels = (operations: string) => ({
      "provider/resources/organization-level.ts": `export const organizationLevel = {
        Thing: { operations: ${operations}, note: "It is the tenant's." },
      };`,
    });
    expect(await block("organization-level", levels('["read"]'))).toMatch(/^- \[Thing\].*: can only be read\n/);
    expect(await block("organization-level", levels("[]"))).toMatch(/^- \[Thing\].*: is not there\n/);
  });

  test("tells each setting, and is refused where one is documented that does not exist", async () => {
    expect(await block("settings")).toContain("| `baseUrl` | `asgardeo:baseUrl` | `ASGARDEO_BASE_URL` |");
    const provider = (tinyPackage["provider/provider.ts"] ?? "").replace("baseUrl", "baseURL");
    await expect(pagesOf(tool, { "provider/provider.ts": provider })).rejects.toThrow(
      /baseUrl is not documented in ProviderArgs\n.*: ProviderArgs.baseURL is no setting of provider\/settings.ts/,
    );
  });
});

describe("a block", () => {
  test("has its place on any page that is written by hand, with links from there", async () => {
    const readme = (tinyPackage["README.md"] ?? "").replace(/<!-- resources -->\n<!-- \/resources -->/, "");
    const own = "# Own\n\n<!-- resources -->\n<!-- /resources -->\n";
    const pages = await pagesOf(tool, { "README.md": readme, "docs/below/own.md": own });
    expect(pages.get("docs/below/own.md")).toBe(
      "# Own\n\n<!-- resources -->\n\n- [Thing](../thing.md): A thing of the tenant.\n" +
        "- [Provider](../provider.md): A tenant of its own.\n\n<!-- /resources -->\n",
    );
  });

  test("that has no place is told", async () => {
    const readme = (tinyPackage["README.md"] ?? "").replace("<!-- resources -->\n<!-- /resources -->", "");
    await expect(pagesOf(tool, { "README.md": readme })).rejects.toThrow(
      /^no page has a place for the block resources: <!-- resources --> … <!-- \/resources -->$/,
    );
  });

  test.each([
    [
      "that nobody knows",
      "<!-- own -->\n<!-- /own -->",
      /^docs\/own\.md: there is no block own: resources, look-ups, /,
    ],
    [
      "that does not end",
      "<!-- scopes -->",
      /^docs\/own\.md: the block scopes needs one <!-- scopes --> and, after it,/,
    ],
    ["that ends first", "<!-- /scopes -->\n<!-- scopes -->", /^docs\/own\.md: the block scopes needs one /],
  ])("%s is told", async (_, text, problem) => {
    await expect(pagesOf(tool, { "docs/own.md": text })).rejects.toThrow(problem);
  });
});

describe("the page of the look-ups", () => {
  test("tells their args and answers, with the form for outputs beside its own", async () => {
    const text = (await pagesOf(tool, { "provider/index.ts": lookUp })).get("docs/look-ups.md");
    expect(text).toContain(
      "## getThing\n\nReads a thing. It costs a request.\n\n`getThingOutput`: The same for outputs.",
    );
    expect(text).toContain("### Its args\n\nBy its id.\n\n| Name | Type | Meaning |");
    expect(text).toContain("### Its answer\n\nThe thing.\n\n| Name | Type | Meaning |");
  });

  test("tells each form of args that are one of several, without what a form must not have", async () => {
    const forms = `
      export type GetThingArgs = ByName | ById;
      /** A thing by its name. */
      interface ByName {
        /** The name. */
        name: string;
        id?: undefined;
      }
      /** A thing by its id. */
      interface ById {
        /** The id. */
        id: string;
        name?: undefined;
      }`;
    const source = lookUp.replace(/\/\*\* By its id[\s\S]*?\n {2}\}/, `/** One of the two. */${forms}`);
    const text = (await pagesOf(tool, { "provider/index.ts": source })).get("docs/look-ups.md");
    const head = "| Name | Type | Meaning |\n| --- | --- | --- |";
    expect(text).toContain(
      [
        "### Its args\n\nOne of the two.",
        `A thing by its name.\n\n${head}\n| \`name\` | \`string\` | The name. |`,
        `A thing by its id.\n\n${head}\n| \`id\` | \`string\` | The id. |`,
        "### Its answer",
      ].join("\n\n"),
    );
  });

  test("is refused where one has no comment", async () => {
    const bare = lookUp.replace("/** Reads a thing. It costs a request. */", "");
    await expect(pagesOf(tool, { "provider/index.ts": bare })).rejects.toThrow("getThing has no doc comment");
  });
});

describe("what the sandbox serves", () => {
  const versions = `
    const features = { late: "7.2", later: "asgardeo" } as const satisfies Record<string, Server>;
    export function knows(server, feature) {}`;
  const table = `
    import { partRoutes, thingRoutes } from "./routes";
    const things = "/api/things";
    export const mounts: readonly Mount[] = [
      [things, thingRoutes],
      [\`\${things}/parts\`, partRoutes, "later"],
    ];`;
  const app = `
    import { mounts } from "./table";
    app.route("/", tokenRoutes());
    for (const [path, routes, feature] of mounts) {
      if (!feature || knows(server, feature)) app.route(path, routes(services));
    }
    app.route(\`/t/\${organization}\`, tenant);
    function tokenRoutes() {
      routes.post("/oauth2/token", answer);
    }`;
  const routes = `
    export function thingRoutes(services) {
      const one = "/:id";
      routes.get("/", list);
      routes.post("/", create);
      routes.delete(one, remove);
      routes.get(one, read);
      if (knows(server, "late")) late();
      function late() {
        routes.put(\`\${one}/state\`, change);
      }
      parameters.get("filter", list);
    }
    export function partRoutes(services) {
      routes.get("/", list);
    }`;
  const files = {
    "sandbox/app.ts": app,
    "sandbox/table.ts": table,
    "sandbox/routes.ts": routes,
    "sandbox/versions.ts": versions,
  };

  test("is a list of its APIs", async () => {
    expect(await block("served", files)).toBe("- `/api/things`, with `parts`, `state`\n- `/oauth2/token`");
  });

  test("is a table of each path, its methods, and the servers that have it", async () => {
    const rows = (await block("routes", files))?.split("\n").slice(2);
    expect(rows).toEqual([
      "| `/api/things` | GET, POST | all |",
      "| `/api/things/parts` | GET | Asgardeo |",
      "| `/api/things/{id}` | GET, DELETE | all |",
      "| `/api/things/{id}/state` | PUT | Asgardeo, WSO2 Identity Server 7.2 or later |",
      "| `/oauth2/token` | POST | all |",
    ]);
  });

  test("may be mounted one by one, on the servers that have it", async () => {
    const each = `
      import { partRoutes, thingRoutes } from "./routes";
      app.route("/api/things", thingRoutes(services));
      if (knows(server, "later")) app.route("/api/parts", partRoutes(services));`;
    const text = await block("routes", { ...files, "sandbox/app.ts": each });
    expect(text).toContain("| `/api/parts` | GET | Asgardeo |");
    expect(text).toContain("| `/api/things` | GET, POST | all |");
  });

  test("is refused where a part of the sandbox has no route that can be read", async () => {
    await expect(pagesOf(tool, { "sandbox/routes.ts": "export function thingRoutes() {}" })).rejects.toThrow(
      /sandbox\/app\.ts:3: no route is found in what is mounted here\n.*no route is found in it/,
    );
  });

  test.each([
    ["a path", "mounts", "mounts.filter(isOn)", /sandbox\/app\.ts:5: where this is mounted cannot be read/],
    ["a feature", '"late"', '"lately"', /sandbox\/routes\.ts:\d+: sandbox\/versions\.ts has no feature lately/],
  ])("is refused where %s cannot be read, since it would be left out", async (_, from, to, problem) => {
    const changed = {
      "sandbox/app.ts": app.replace(`of ${from}`, `of ${to}`),
      "sandbox/routes.ts": routes.replace(from, to),
    };
    await expect(pagesOf(tool, { ...files, ...changed })).rejects.toThrow(problem);
  });
});
