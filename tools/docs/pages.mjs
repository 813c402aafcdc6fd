import { Trouble } from "../say.mjs";
import { argsSection, entriesOf } from "./args.mjs";
import { blocksByName } from "./blocks-by-name.mjs";
import { managementApisOf, providerOf, resourcesOf } from "./definitions.mjs";
import { checkExamples } from "./examples.mjs";
import { pageOf } from "./layout.mjs";
import { lookUpsPage, lookUpsText } from "./look-ups-page.mjs";
import { fenced, href, marker, page, prose } from "./markdown.mjs";
import { brokenMentions, withPageLinks } from "./page-links.mjs";
import { filledPages } from "./places.mjs";
import { resourcePages } from "./resource-page.mjs";
import { routesOf } from "./routes.mjs";
import { checkScopes } from "./scopes.mjs";
import { unreadable } from "./sizes.mjs";
import { Source } from "./source.mjs";
import { readPages } from "./written-pages.mjs";

/**
 * The pages of a package by path, and those written by hand that have a place for a block. Throws where a comment lacks something.
 *
 * @param {string} folder the package's
 * @returns {Map<string, string>}
 */
export function pagesOf(folder) {
  const source = new Source(folder);
  const resources = resourcesOf(source);
  const apis = managementApisOf(source);
  const pages = new Map(resources.flatMap((resource) => resourcePages(source, resource, apis)));
  for (const [path, text] of [providerPage(source), lookUps(source)].flat()) pages.set(path, text);
  const byHand = new Map([...readPages(folder)].filter(([path, text]) => !pages.has(path) && !text.startsWith(marker)));
  const all = new Map([...byHand, ...pages]);
  const blocks = Object.entries(blocksByName(source, resources, apis, routesOf(source))).map(
    ([name, block]) => /** @type {const} */ ([name, (/** @type {string} */ on) => withPageLinks(block(on), on, all)]),
  );
  const { filled, problems } = filledPages(byHand, Object.fromEntries(blocks));
  for (const [path, text] of pages) pages.set(path, withPageLinks(text, path, all));
  for (const [path, text] of filled) pages.set(path, text);
  for (const problem of [...problems, ...unreadable(pages), ...brokenMentions(source, all)])
    source.problems.add(problem);
  checkScopes(source, resources);
  checkExamples(source, byHand);
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
