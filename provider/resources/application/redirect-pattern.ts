/** A piece of a regular expression, as far as it matters what it can match. */
interface Piece {
  readonly text: string;
  readonly kind: "literal" | "dot" | "digits" | "any" | "count" | "open" | "or" | "close" | "anchor";
}

/** `\d` and `[0-9]` can only be digits; every other class, and every other escaped letter, counts as anything. */
const syntax =
  /\\(?<escaped>.)|(?<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?<count>[*+?]|\{\d+(?:,\d*)?\})|(?<open>\((?:\?[:=!<>]*)?)|(?<other>.)/gsu;

function pieces(pattern: string): Piece[] {
  return [...pattern.matchAll(syntax)].map(({ 0: text, groups = {} }) => ({ text, kind: kindOf(text, groups) }));
}

function kindOf(text: string, { escaped, set, count, open }: Record<string, string | undefined>): Piece["kind"] {
  if (escaped !== undefined) return escaped === "d" ? "digits" : /[a-z0-9]/i.test(escaped) ? "any" : "literal";
  if (set !== undefined) return set === "[0-9]" ? "digits" : set === "[.]" ? "literal" : "any";
  if (count !== undefined) return "count";
  if (open !== undefined) return "open";
  if (text === ".") return "dot";
  if (text === "|") return "or";
  if (text === ")") return "close";
  return text === "^" || text === "$" ? "anchor" : "literal";
}

/** How far into a URL a piece stands, and whether the scheme is `http`. */
interface Place {
  readonly part: "scheme" | "host" | "port" | "path";
  readonly before: string;
}

const start: Place = { part: "scheme", before: "" };

/** What is loose in a pattern for redirect URIs: a dot that stands for any character, a host that is not spelled out. */
export interface Looseness {
  readonly dot: boolean;
  readonly host: boolean;
}

export function loosenessOf(pattern: string): Looseness {
  let place = start;
  const outer: Place[] = [];
  const loose = { dot: false, host: false };
  for (const piece of pieces(pattern)) {
    if (piece.kind === "open") outer.push(place);
    else if (piece.kind === "or") place = outer.at(-1) ?? start;
    else if (piece.kind === "close") outer.pop();
    else if (piece.kind === "dot") loose.dot = true;
    else if (piece.kind === "literal") place = after(place, piece.text.replace(/^\\|^\[|\]$/g, ""));
    else if (piece.kind !== "anchor" && isLoose(place, piece)) loose.host = true;
  }
  return loose;
}

/** A pattern may leave the port open, as a native app's loopback redirect needs (RFC 8252 section 7.3), and the path. */
function isLoose({ part, before }: Place, { kind, text }: Piece): boolean {
  if (part === "path") return false;
  if (part === "port") return kind !== "digits" && kind !== "count";
  // `https?`
  return !(part === "scheme" && text === "?" && /^https$/i.test(before));
}

function after({ part, before }: Place, text: string): Place {
  const read = before + text;
  if (part === "scheme" && read.endsWith("://")) return { part: "host", before: "" };
  // `com.example.app:/callback` has no host.
  if (part === "scheme") return { part: /:\/?[^/]$/.test(read) ? "path" : part, before: read };
  if (part === "host" && text === ":") return { part: "port", before: "" };
  if (part === "path" || text === "/") return { part: "path", before: "" };
  return { part, before: read };
}

/** The hosts that a pattern names behind `http:`, as far as they are spelled out. */
export function httpHosts(pattern: string): string[] {
  const plain = pattern
    .replaceAll(/\((?:\?:)?s\)\?/g, "s?")
    .replaceAll("[.]", ".")
    .replaceAll(/\\(.)/gsu, "$1");
  return [...plain.matchAll(/\bhttps?(\?)?:\/\/(\[[^\]]*\]|[^/:|()?]*)/gi)].flatMap(([all, optional, host = ""]) =>
    optional || /^http:/i.test(all) ? [host] : [],
  );
}
