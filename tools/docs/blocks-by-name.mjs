import { readFileSync } from "node:fs";
import { join } from "node:path";
import { firstSentence } from "./comment.mjs";
import { providerOf } from "./definitions.mjs";
import { layout, pageOf } from "./layout.mjs";
import { limitsBlock } from "./limits.mjs";
import { lookUpsOf, lookUpsPage } from "./look-ups-page.mjs";
import { fenced, href, prose } from "./markdown.mjs";
import { organizationLevelBlock } from "./organization-level.mjs";
import { routesBlock, servedBlock } from "./sandbox-blocks.mjs";
import { scopesBlock } from "./scopes.mjs";
import { settingsBlock } from "./settings.mjs";

/**
 * @import { ManagementApi, Resource } from "./definitions.mjs"
 * @import { Route } from "./routes.mjs"
 * @import { Source } from "./source.mjs"
 *
 * @typedef {(on: string) => string} Block what the source says, for the page on which it stands
 */

/**
 * The blocks that pages written by hand have a place for, by name.
 *
 * @param {Source} source
 * @param {Resource[]} resources
 * @param {ManagementApi[]} apis
 * @param {Route[]} routes
 * @returns {Record<string, Block>}
 */
export function blocksByName(source, resources, apis, routes) {
  const provider = providerOf(source);
  const classes = [...resources, ...(provider ? [provider] : [])];
  return {
    resources: (on) => lines(classes.map(({ name, comment }) => entry(name, href(on, pageOf(name)), comment.text))),
    "look-ups": (on) =>
      lines(lookUpsOf(source).map(({ name, comment }) => entry(name, href(on, lookUpsPage, name), comment.text))),
    program: () => fenced(readFileSync(join(source.folder, layout.quickstart), "utf8")),
    scopes: () => scopesBlock(apis, resources),
    settings: () => settingsBlock(source),
    "organization-level": (on) => organizationLevelBlock(source, on),
    served: () => servedBlock(routes),
    routes: () => routesBlock(routes),
    limits: (on) => limitsBlock(source, resources, on),
  };
}

/** @param {string[]} items */
const lines = (items) => items.join("\n");

/** @param {string} name @param {string} link @param {string} text */
const entry = (name, link, text) => `- [${name}](${link}): ${prose(firstSentence(text))}`;
