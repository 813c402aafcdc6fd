/** A condition of a filter: attribute, operator, value. */
export interface Condition {
  readonly attribute: string;
  readonly operator: string;
  readonly value: string;
}

export type Filter = Condition | { readonly all: readonly Filter[] } | { readonly any: readonly Filter[] };

const operators = new Set(["eq", "ne", "sw", "ew", "co", "ge", "le", "gt", "lt", "pr"]);
const connectors = new Set(["and", "or", "not"]);

interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** The server's tokenizer: it knows a few characters, quotes and parentheses, and drops everything else. */
function pieces(text: string): Piece[] {
  const pattern = /"([^"]*)"|'([^']*)'|([()])|([A-Za-z0-9@:_\-+.*/\u00A0-\u00FF]+)/g;
  return [...text.matchAll(pattern)].map(([, double, single, parenthesis, word]) => {
    const quoted = double ?? single;
    return quoted !== undefined ? { text: quoted, quoted: true } : { text: parenthesis ?? word ?? "", quoted: false };
  });
}

/** Reads a filter; undefined where the server would not understand it. */
export function parseFilter(text: string): Filter | undefined {
  const rest = pieces(text);
  const filter = alternatives(rest);
  return rest.length === 0 ? filter : undefined;
}

function alternatives(rest: Piece[]): Filter | undefined {
  return joined(rest, "or", () => joined(rest, "and", () => term(rest), "all"), "any");
}

function joined(rest: Piece[], word: string, next: () => Filter | undefined, kind: "all" | "any"): Filter | undefined {
  const parts: Filter[] = [];
  do {
    const part = next();
    if (!part) return undefined;
    parts.push(part);
  } while (taken(rest, word));
  const [only] = parts;
  if (parts.length === 1) return only;
  return kind === "all" ? { all: parts } : { any: parts };
}

function taken(rest: Piece[], word: string): boolean {
  if (!is(rest[0], word)) return false;
  rest.shift();
  return true;
}

function is(piece: Piece | undefined, word: string): boolean {
  return piece !== undefined && !piece.quoted && piece.text.toLowerCase() === word;
}

function term(rest: Piece[]): Filter | undefined {
  if (taken(rest, "(")) {
    const inner = alternatives(rest);
    return taken(rest, ")") ? inner : undefined;
  }
  return condition(rest);
}

function condition(rest: Piece[]): Condition | undefined {
  const attribute = rest.shift();
  const operator = rest.shift()?.text.toLowerCase();
  if (!attribute || connectors.has(attribute.text.toLowerCase()) || !operator || !operators.has(operator))
    return undefined;
  const words: string[] = [];
  while (rest[0] && !endsValue(rest[0], words.length === 0 && rest.length === 1)) words.push(rest.shift()?.text ?? "");
  // The server splits the whole condition at the operator: a value that contains one breaks it.
  if (words.length === 0 || words.some((word, at) => at > 0 && operators.has(word))) return undefined;
  return { attribute: attribute.text, operator, value: words.join(" ") };
}

/** A connector ends a value, unless it is the only word behind the operator. */
function endsValue({ text, quoted }: Piece, alone: boolean): boolean {
  return !quoted && (text === "(" || text === ")" || (connectors.has(text.toLowerCase()) && !alone));
}

/** Whether something satisfies a filter, given how it answers a single condition. */
export function satisfies(filter: Filter, holds: (condition: Condition) => boolean): boolean {
  if ("all" in filter) return filter.all.every((part) => satisfies(part, holds));
  if ("any" in filter) return filter.any.some((part) => satisfies(part, holds));
  return holds(filter);
}

/** All conditions in a filter. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  if ("all" in filter) return filter.all.flatMap(conditionsOf);
  if ("any" in filter) return filter.any.flatMap(conditionsOf);
  return [filter];
}

/** Whether a value satisfies a condition as the database compares: without regard to case. */
export function holds(actual: string, { operator, value }: Condition): boolean {
  const [a, b] = [actual.toLowerCase(), value.toLowerCase()];
  switch (operator) {
    case "eq":
      return a === b;
    case "ne":
      return a !== b;
    case "sw":
      return a.startsWith(b);
    case "ew":
      return a.endsWith(b);
    case "co":
      return a.includes(b);
    case "ge":
      return a >= b;
    case "le":
      return a <= b;
    case "gt":
      return a > b;
    default:
      return a < b;
  }
}
