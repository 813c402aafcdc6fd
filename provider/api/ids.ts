import { z } from "zod";

/** What the longest id of a server has. A text as long as a page is none, and would make every message unreadable. */
const longestId = 255;

/**
 * Whether a text can be an id: visible characters of ASCII without a slash or a backslash, and not dots alone. Anything
 * else is lost in a path, or leads to another one: `..` is the collection above.
 */
export function isId(text: string): boolean {
  return text.length <= longestId && /^[\x21-\x7e]+$/.test(text) && !/[/\\]/.test(text) && !/^\.+$/.test(text);
}

/** An id in an answer. */
export const idText = z.string().refine(isId, "is no id");

/** A text that is no id, for a message: short, on one line, and what is not ASCII as its number, also where it looks like it. */
export function inAscii(text: string): string {
  const start = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(start).replace(
    /[^\x20-\x7e…]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
