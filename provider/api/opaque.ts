import { unescaped } from "./disguises";

/** So many characters that nobody can read may be a part of a secret that nobody knows yet. */
const mostUnreadable = 8;

/**
 * Whether a text may have a secret in it that is not known, such as one that the server has just made: characters without
 * a sense, of a length that matters. What has a sense are words, numbers, ids (those of the server are UUIDs, its secrets
 * are not), and what was in the request: `asked`, without its secrets.
 */
export function isOpaque(text: string, asked: string): boolean {
  const said = asked.toLowerCase();
  return unescaped(text).some((view) => {
    const pieces = view.replace(uuid, " ").match(/[A-Za-z\d]+/g) ?? [];
    const unreadable = pieces.filter((piece) => !isReadable(piece) && !said.includes(piece.toLowerCase()));
    return [...new Set(unreadable)].join("").length >= mostUnreadable || isSpaced(pieces);
  });
}

const uuid = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi;

/** A number, or a word as prose and code have it: `Application`, `tenantDomain`, `SAML`, `SHA256`. */
function isReadable(piece: string): boolean {
  if (/^\d{1,14}$/.test(piece)) return true;
  const letters = /^([A-Za-z]{1,40})\d{0,4}$/.exec(piece)?.[1]?.replace(/OAuth|IdP/g, "Known");
  if (letters === undefined) return false;
  // Humps of random letters are short.
  const humps = letters.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return humps.length <= 1 + letters.length / 6 && !/[A-Z]{21}/.test(letters);
}

/** Whether single characters stand in a row, as where blanks were put between those of a secret. */
function isSpaced(pieces: readonly string[]): boolean {
  let inRow = 0;
  return pieces.some((piece) => {
    inRow = piece.length === 1 ? inRow + 1 : 0;
    return inRow >= mostUnreadable;
  });
}
