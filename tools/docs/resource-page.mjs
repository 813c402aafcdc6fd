import { argsSection, checkReplaceOn, entriesOf } from "./args.mjs";
import { Blocks, defaults } from "./blocks.mjs";
import { layout } from "./layout.mjs";
import { code, fenced, page, prose, tableOrList } from "./markdown.mjs";
import { programThatMakes } from "./programs.mjs";
import { checkComment } from "./rules.mjs";
import { scopeSection } from "./scopes.mjs";
import { shapeOf } from "./shape.mjs";
import { longestPage } from "./sizes.mjs";
import { taskSection } from "./tasks.mjs";
import { memberType } from "./types.mjs";

/**
 * @import { ManagementApi, Resource } from "./definitions.mjs"
 * @import { Source } from "./source.mjs"
 */

/**
 * The page of a resource, and where that would be too long, one for each of its blocks.
 *
 * @param {Source} source
 * @param {Resource} resource
 * @param {ManagementApi[]} apis
 * @returns {[path: string, text: string][]}
 */
export function resourcePages(source, resource, apis) {
  const { name, comment, args, replaceOn } = resource;
  if (!comment.text) source.problems.add(`${source.where(args)}: the class ${name} has no doc comment`);
  const entries = entriesOf(source, args);
  checkReplaceOn(source, entries, replaceOn);
  const together = new Blocks(source, resource, entries, false);
  const text = resourcePage(together, apis);
  if (Buffer.byteLength(text) <= longestPage) return [[together.main, text]];
  const split = new Blocks(source, resource, entries, true);
  return [[split.main, resourcePage(split, apis)], ...split.pages()];
}

/** @param {Blocks} blocks @param {ManagementApi[]} apis */
function resourcePage(blocks, apis) {
  const { source, resource, main, names, isSplit } = blocks;
  const { name, comment, replaceOn } = resource;
  const examples = [...programThatMakes(source, name), ...comment.examples.map(fenced)];
  if (examples.length === 0) {
    source.problems.add(`${name}: no example shows it, neither in ${layout.examples}/ nor in its comment`);
  }
  const [args, ...types] = blocks.entries;
  return page(
    `# ${name}`,
    prose(comment.text),
    ...taskSection(blocks),
    ...(blocks.resource.comment.tasks.length > 0 ? ["## Example"] : []),
    ...examples,
    "## Args",
    defaults,
    ...(args ? argsSection(source, args, blocks.linker(main), replaceOn) : []),
    ...(types.length > 1 ? ["### Blocks", "Every type that the args lead to:", blocks.contents(main, names)] : []),
    ...outputSection(source, resource),
    "## Look-up by id",
    fenced(`const existing = asgardeo.${name}.get("existing", "<id>");`),
    `\`${name}.get(name, id)\` reads an existing object without managing it. \`pulumi import\` does not work for dynamic resources.`,
    ...scopeSection(apis, resource),
    ...(types.length > 0 && !isSplit ? ["## Types", ...blocks.sections(main, "###", types)] : []),
  );
}

/** @param {Source} source @param {Resource} resource */
function outputSection(source, { outputs, secrets }) {
  const everywhere = "Every arg is an output too, and so is `id`.";
  if (!outputs) return ["## Outputs", everywhere];
  const { name, text, members } = shapeOf(source, outputs);
  if (!text) source.problems.add(`${source.where(outputs)}: ${name} has no doc comment`);
  const rows = members.map((member) => {
    checkComment(source, member);
    const type = memberType(source, member, () => {
      source.problems.add(`${member.where}: an output of a type of its own`);
      return "";
    });
    return [code(member.name), type, secrets.includes(member.name) ? "yes" : "no", prose(member.text)];
  });
  const secret = { head: "Secret", said: (/** @type {string} */ cell) => (cell === "yes" ? "secret" : "") };
  const columns = [{ head: "Name" }, { head: "Type" }, secret, { head: "Meaning" }];
  return ["## Outputs", `${prose(text)} ${everywhere}`, tableOrList(columns, rows)];
}
