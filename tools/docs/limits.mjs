import { entriesOf } from "./args.mjs";
import { sentences } from "./comment.mjs";
import { pageOf } from "./layout.mjs";
import { code, href, prose } from "./markdown.mjs";

/**
 * @import { Resource } from "./definitions.mjs"
 * @import { Source } from "./source.mjs"
 */

/** A length or a count in a comment: "at most 20", "from 0 to 365", "255 characters". */
const limit = /\b(?:at most|at least|no more than|up to|from) \d|\d (?:characters|bytes)\b/;

/** What the comments of a resource's args say of lengths and counts. @param {Source} source @param {Resource} resource */
export function limitsOf(source, { args }) {
  return entriesOf(source, args).flatMap(({ members }) =>
    members.flatMap(({ member, path }) => {
      const said = sentences(member.text).filter((sentence) => limit.test(sentence));
      return said.length > 0 ? [{ path, text: said.join(" ") }] : [];
    }),
  );
}

/** @param {Source} source @param {Resource[]} resources @param {string} on the page */
export function limitsBlock(source, resources, on) {
  return resources
    .flatMap((resource) =>
      limitsOf(source, resource).map(({ path, text }) => {
        return `- [${resource.name}](${href(on, pageOf(resource.name))}) ${code(path)}: ${prose(text)}`;
      }),
    )
    .join("\n");
}
