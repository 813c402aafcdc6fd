import { pageOf } from "./layout.mjs";
import { code, href, prose } from "./markdown.mjs";

/**
 * @import { Blocks } from "./blocks.mjs"
 */

/**
 * What a person wants to do with a resource, and the args for it, from the tags `@task` of its class: each arg and each
 * class that one names in code is a link.
 *
 * @param {Blocks} blocks
 * @returns {string[]}
 */
export function taskSection(blocks) {
  const { source, resource, main } = blocks;
  const classes = source.classes().map(({ name }) => name?.text);
  const items = resource.comment.tasks.map((task) => {
    let links = 0;
    const text = prose(task).replace(/`([\w.]+)`/g, (said, name) => {
      const to = blocks.hrefOf(main, name) ?? (classes.includes(name) ? href(main, pageOf(name)) : undefined);
      if (to === undefined) return said;
      links++;
      return `[${code(name)}](${to})`;
    });
    if (links === 0) source.problems.add(`${resource.name}: @task ${task}: it names neither an arg nor a class`);
    return `- ${text}`;
  });
  return items.length === 0 ? [] : ["## By task", items.join("\n")];
}
