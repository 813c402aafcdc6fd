import { code, table } from "./markdown.mjs";

/** @import { Route } from "./routes.mjs" */

/** Every path that the sandbox serves, with the servers that have it. @param {Route[]} routes */
export function routesBlock(routes) {
  const rows = pathsOf(routes).map(({ path, since, methods }) => [code(path), methods.join(", "), serversOf(since)]);
  return table(["Path", "Methods", "Servers"], rows);
}

/** The APIs that the sandbox serves: each with the names that come below it. @param {Route[]} routes */
export function servedBlock(routes) {
  const mounts = [...new Set(routes.map(({ mount, path }) => mount || path))];
  // One below another one is a part of it.
  const roots = mounts.filter((mount) => !mounts.some((other) => mount.startsWith(`${other}/`))).sort();
  return roots
    .map((root) => {
      const inside = routes.filter(({ path }) => path.startsWith(`${root}/`));
      const names = inside.flatMap(({ path }) => {
        return (
          path
            .slice(root.length + 1)
            .split("/")
            .find((part) => !part.startsWith("{")) ?? []
        );
      });
      const parts = [...new Set(names)].sort().map(code);
      return `- ${code(root)}${parts.length > 0 ? `, with ${parts.join(", ")}` : ""}`;
    })
    .join("\n");
}

const order = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The routes by path and server, in the order of their paths. @param {Route[]} routes */
function pathsOf(routes) {
  /** @type {Map<string, { path: string, since: string | undefined, methods: string[] }>} */
  const paths = new Map();
  for (const { path, since, method } of routes) {
    const key = `${path} ${since ?? ""}`;
    const found = paths.get(key) ?? { path, since, methods: [] };
    if (!found.methods.includes(method)) found.methods.push(method);
    paths.set(key, found);
  }
  for (const { methods } of paths.values()) methods.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return [...paths].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

/** @param {string | undefined} since */
const serversOf = (since) =>
  since === undefined ? "all" : since === "asgardeo" ? "Asgardeo" : `Asgardeo, WSO2 Identity Server ${since} or later`;
