import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Trouble } from "../say.mjs";
import { firstSentence } from "./comment.mjs";
import { providerOf } from "./definitions.mjs";
import { layout, pageOf } from "./layout.mjs";
import { limitsBlock } from "./limits.mjs";
import { lookUpsOf, lookUpsPage } from "./look-ups-page.mjs";
import { fenced, href, prose } from "./markdown.mjs";
import { servedBlock } from "./sandbox-page.mjs";
import { scopesBlock } from "./scopes.mjs";
import { settingsBlock } from "./settings.mjs";

/**
 * @import { ManagementApi, Resource } from "./definitions.mjs"
 * @import { Route } from "./routes.mjs"
 * @import { Source } from "./source.mjs"
 */

/** The README with what the source says between its markers. @param {Source} source @param {Resource[]} resources @param {ManagementApi[]} apis @param {Route[]} routes */
export function readmeText(source, resources, apis, routes) {
  const read = (/** @type {string} */ path) => readFileSync(join(source.folder, path), "utf8");
  const provider = providerOf(source);
  const classes = [...resources, ...(provider ? [provider] : [])].map(({ name, comment }) => {
    return entry(name, href(layout.readme, pageOf(name)), comment.text);
  });
  const lookUps = lookUpsOf(source).map(({ name, comment }) => {
    return entry(name, href(layout.readme, lookUpsPage, name), comment.text);
  });
  const blocks = {
    resources: classes.join("\n"),
    "look-ups": lookUps.join("\n"),
    program: fenced(read(layout.quickstart)),
    scopes: scopesBlock(apis, resources),
    settings: settingsBlock(source),
    served: servedBlock(routes),
    limits: limitsBlock(source, resources, layout.readme),
  };
  return Object.entries(blocks).reduce((text, [name, block]) => between(text, name, block), read(layout.readme));
}

/** @param {string} name @param {string} link @param {string} text */
const entry = (name, link, text) => `- [${name}](${link}): ${prose(firstSentence(text))}`;

/** A text with a new content between the markers of a block. @param {string} text @param {string} name @param {string} content */
export function between(text, name, content) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Trouble(`${layout.readme} has no place for its block ${name}: ${begin} … ${end}`);
  }
  // A list or a table needs an empty line before it; a block of code does not, and stands close.
  const gap = content.startsWith("```") || content.startsWith("|") ? "\n" : "\n\n";
  return `${text.slice(0, from + begin.length)}${gap}${content}${gap}${text.slice(to)}`;
}
