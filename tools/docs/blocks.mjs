import { argsSection } from "./args.mjs";
import { pageOf } from "./layout.mjs";
import { code, href, page } from "./markdown.mjs";

/**
 * @import { Entry } from "./args.mjs"
 * @import { Resource } from "./definitions.mjs"
 * @import { Source } from "./source.mjs"
 * @import { Linker } from "./types.mjs"
 */

/** The arg of a resource that leads to a type: `oidc` for `oidc.pkce`; empty for the args themselves. @param {Entry} entry */
const blockOf = ({ path }) => /^\w*/.exec(path)?.[0] ?? "";

/** What is said once on each page, and not of every arg. */
export const defaults =
  "The default is what holds where an arg was never given. An arg that tells no server is on all: Asgardeo, and WSO2 Identity Server from 7.0 on.";

/** Where the types of a resource's args are described: all on its own page, or each block on one of its own. */
export class Blocks {
  /**
   * @param {Source} source
   * @param {Resource} resource
   * @param {readonly Entry[]} entries
   * @param {boolean} isSplit
   */
  constructor(source, resource, entries, isSplit) {
    this.source = source;
    this.resource = resource;
    this.entries = entries;
    this.isSplit = isSplit;
    this.main = pageOf(resource.name);
    /** In the order of the args. */
    this.names = [...new Set(entries.map(blockOf))].filter(Boolean);
  }

  /** @param {string} block */
  pageOf(block) {
    return block && this.isSplit ? pageOf(this.resource.name, block) : this.main;
  }

  /** @param {string} from the page that links @returns {Linker} */
  linker(from) {
    return (declaration) => {
      const name = declaration.name?.text ?? "";
      const entry = this.entries.find((each) => each.declaration === declaration);
      return entry ? href(from, this.pageOf(blockOf(entry)), name) : href(from, pageOf(name));
    };
  }

  /** Where an arg is described, by its path. @param {string} from @param {string} path @returns {string | undefined} */
  hrefOf(from, path) {
    const isIt = (/** @type {{ path: string }} */ each) => each.path.replaceAll("[]", "") === path;
    const entry = this.entries.find(isIt) ?? this.entries.find(({ members }) => members.some(isIt));
    if (!entry) return undefined;
    return entry.path ? this.linker(from)(entry.declaration, false) : "#args";
  }

  /** The types of some blocks, each with a link to its section. @param {string} from @param {readonly string[]} names */
  contents(from, names) {
    return names
      .flatMap((name) => this.#types(name).toSorted((a, b) => (a.path < b.path ? -1 : 1)))
      .map(({ declaration, path }) => {
        return `- ${code(path)}: [${declaration.name.text}](${this.linker(from)(declaration, false)})`;
      })
      .join("\n");
  }

  /** The sections of types, on the page of a resource or of a block. @param {string} on @param {string} depth @param {readonly Entry[]} types */
  sections(on, depth, types) {
    return types.flatMap((entry) => [
      `${depth} ${entry.declaration.name.text}`,
      ...argsSection(this.source, entry, this.linker(on), this.resource.replaceOn),
    ]);
  }

  /** The pages of the blocks; none where all is on the page of the resource. @returns {[path: string, text: string][]} */
  pages() {
    if (!this.isSplit) return [];
    return this.names.map((name) => {
      const on = this.pageOf(name);
      const types = this.#types(name);
      const text = page(
        `# ${this.resource.name}: ${name}`,
        `A block of the args of [${this.resource.name}](${href(on, this.main)}). ${defaults}`,
        ...(types.length > 1 ? [this.contents(on, [name])] : []),
        ...this.sections(on, "##", types),
      );
      return [on, text];
    });
  }

  /** @param {string} name */
  #types(name) {
    return this.entries.filter((entry) => blockOf(entry) === name);
  }
}
