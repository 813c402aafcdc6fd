import { Trouble } from "../say.mjs";
import { argsSection, entriesOf } from "./args.mjs";
import { managementApisOf, providerOf, resourcesOf } from "./definitions.mjs";
import { checkExamples } from "./examples.mjs";
import { layout, pageOf } from "./layout.mjs";
import { lookUpsPage, lookUpsText } from "./look-ups-page.mjs";
import { fenced, href, page, prose } from "./markdown.mjs";
import { readmeText } from "./readme.mjs";
import { longestPage, resourcePages } from "./resource-page.mjs";
import { routesOf } from "./routes.mjs";
import { sandboxPage, sandboxText } from "./sandbox-page.mjs";
import { checkScopes } from "./scopes.mjs";
import { Source } from "./source.mjs";

/**
 * The pages of a package by path, and its README with the blocks in it. Throws where a comment lacks something.
 *
 * @param {string} folder the package's
 * @returns {Map<string, string>}
 */
export function pagesOf(folder) {
  const source = new Source(folder);
  const resources = resourcesOf(source);
  const apis = managementApisOf(source);
  const routes = routesOf(source);
  const pages = new Map(resources.flatMap((resource) => resourcePages(source, resource, apis)));
  for (const [path, text] of [providerPage(source), lookUps(source)].flat()) pages.set(path, text);
  pages.set(sandboxPage, sandboxText(routes));
  checkScopes(source, resources);
  checkExamples(source);
  for (const [path, text] of pages) {
    const size = Buffer.byteLength(text);
    if (size > longestPage)
      source.problems.add(`${path} would have ${size} bytes: nobody reads more than ${longestPage}`);
  }
  pages.set(layout.readme, readmeText(source, resources, apis, routes));
  if (source.problems.size > 0) throw new Trouble([...source.problems].join("\n"));
  return pages;
}

/** The page of the class for explicit providers. @param {Source} source @returns {[string, string][]} */
function providerPage(source) {
  const provider = providerOf(source);
  if (!provider) return [];
  const { name, comment, args } = provider;
  const on = pageOf(name);
  const [own, ...types] = entriesOf(source, args);
  const link = (/** @type {{ name?: { text: string } }} */ found) => href(on, on, found.name?.text ?? "");
  const sections = types.flatMap((entry) => [
    `### ${entry.declaration.name.text}`,
    ...argsSection(source, entry, link),
  ]);
  const text = page(
    `# ${name}`,
    prose(comment.text),
    ...comment.examples.map(fenced),
    "## Args",
    ...argsSection(source, own, link),
    ...(sections.length > 0 ? ["## Types", ...sections] : []),
  );
  return [[on, text]];
}

/** @param {Source} source @returns {[string, string][]} */
function lookUps(source) {
  const text = lookUpsText(source);
  return text === undefined ? [] : [[lookUpsPage, text]];
}
