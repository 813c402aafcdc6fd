/** Where the package keeps what the pages tell: the one place of this tool that knows its files and folders. */
export const layout = {
  /** What a program imports: classes, interfaces, look-ups. */
  entry: "provider/index.ts",
  /** The list of the resources' definitions. */
  definitions: "provider/resources/index.ts",
  managementApis: "provider/api/scopes.ts",
  /** What of each type there is in an organization of the tenant. */
  organizationLevel: "provider/resources/organization-level.ts",
  settings: "provider/settings.ts",
  sandbox: "sandbox/index.ts",
  /** Where the sandbox puts its routes together. */
  served: "sandbox/app.ts",
  /** What not every server has, by the server that brought it. */
  features: "sandbox/versions.ts",
  examples: "examples",
  quickstart: "examples/quickstart/index.ts",
  pages: "docs",
  readme: "README.md",
};

/** The page of a class or a block: `ApiResource` → `docs/api-resource.md`. @param {...string} names */
export const pageOf = (...names) => `${[layout.pages, ...names.map(fileName)].join("/")}.md`;

/** `ApiResource` → `api-resource` @param {string} name */
const fileName = (name) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
