/** The server's filter drops all other characters. */
const kept = /^[A-Za-z0-9@:_\-+.*/ ]+$/;

const operators = new Set(["eq", "ne", "sw", "ew", "co", "ge", "le", "gt", "lt", "pr", "and", "or", "not"]);

/**
 * The filter for an exact value; undefined where the server would read another value, or none at all: then everything has
 * to be listed. Even so, what it lets through must be compared: it may not regard case, and `_` and `*` may be wildcards.
 */
export function exactly(attribute: string, value: string): string | undefined {
  const words = value.split(" ");
  if (!kept.test(value) || words.includes("") || words.some((word) => operators.has(word.toLowerCase()))) {
    return undefined;
  }
  return `${attribute} eq ${words.length > 1 ? `"${value}"` : value}`;
}
