import { oneLine, sentences } from "./comment.mjs";

/**
 * What a comment says of an arg in set phrases, which stand beside its name on the page, and all else.
 *
 * @typedef {{ value: string | undefined, rest: string }} Facts
 */

/** "The server's default is none." and "The default is false." */
const ofDefault = /^The (?:server's )?default is (.+)\.$/;

/** What each change does stands beside the name of every arg. */
const inPlace = "Changes in place.";

/** @param {string} text @returns {Facts} */
export function factsOf(text) {
  /** @type {string | undefined} */
  let value;
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => {
    const kept = sentences(paragraph).filter((sentence) => {
      const found = ofDefault.exec(sentence);
      if (found && value === undefined) value = found[1];
      return !found && sentence !== inPlace;
    });
    return kept.join(" ");
  });
  return { value, rest: paragraphs.filter(Boolean).join("\n\n") };
}

/** What becomes of an arg that is left out has to be said: by its default, or in other words. @param {string} text */
export const saysDefault = (text) => /\bdefault\b|\b[Ll]eft out\b|\bunless told\b/.test(oneLine(text));

/** A number means nothing without its unit or its range. @param {string} text */
export const saysUnit = (text) => /\b(?:seconds|days|times|from \d|at most)\b/i.test(oneLine(text));

/** The servers that have an arg, of what its tag `@since` says: `7.1`, or `after 7.3` for what is in no release yet. */
export const sincePattern = /^(?:after )?\d+\.\d+$/;

/** @param {string} since */
export const serversSince = (since) =>
  since.startsWith("after ") ? `on Asgardeo and WSO2 Identity Server ${since}` : `since WSO2 Identity Server ${since}`;
