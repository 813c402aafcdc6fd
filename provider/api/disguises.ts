/** What a text says when it is decoded, whatever it was encoded with, once or several times. */
export function views(text: string): readonly string[] {
  return closure(text, [...escapes, ...encodings]);
}

/** The same for escapes alone, which leave what is not escaped as it is. */
export function unescaped(text: string): readonly string[] {
  return closure(text, escapes);
}

/** As deep as anything is encoded by mistake, and as many as it can come to then: a bound for what is made to be slow. */
const deepest = 4;
const mostViews = 60;

type Decoder = (text: string) => string;

function closure(text: string, decoders: readonly Decoder[]): readonly string[] {
  const found = new Set([text]);
  let level = [text];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const next = level.flatMap((view) => decoders.map((decode) => decode(view)));
    level = [...new Set(next)].filter((view) => view !== "" && !found.has(view)).slice(0, mostViews - found.size);
    for (const view of level) found.add(view);
  }
  return [...found];
}

/** URLs and forms. */
const percent: Decoder = (text) =>
  text.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString());

/** JSON, and what writes its strings like it. */
const backslash: Decoder = (text) =>
  text.replace(/\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(.))/gi, (_, braced, four, two, plain) =>
    plain === undefined ? character(Number.parseInt(braced ?? four ?? two, 16)) : (controls[plain] ?? plain),
  );

const controls: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** HTML and XML. Of names, those of letters count: others are marks, and marks are not compared. */
const entity: Decoder = (text) =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,8}\d{0,2}));?/gi, (_, hex, decimal, name) =>
    name === undefined ? character(Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16)) : named(name),
  );

function named(name: string): string {
  return /^([a-z])(?:acute|cedil|circ|grave|ring|tilde|uml)$/i.exec(name)?.[1] ?? (name === "szlig" ? "ß" : " ");
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

const escapes: readonly Decoder[] = [percent, backslash, entity];

/** From each place in a group where an excerpt can begin. Blanks break nothing, so they are taken out before. */
const base64 = [0, 1, 2, 3].map((start): Decoder => {
  const decode = (run: string) => Buffer.from(run.slice(start), "base64").toString();
  return (text) => decoded(text.replace(/[\s\p{C}]/gu, ""), /[\w+/-]{8,}/g, decode);
});

const hex = [0, 1].map((start): Decoder => {
  const decode = (run: string) => Buffer.from(run.slice(start), "hex").toString();
  return (text) => decoded(text.replace(/[\s\p{C}:,-]|0x|\\x/giu, ""), /[\da-f]{12,}/gi, decode);
});

const encodings: readonly Decoder[] = [...base64, ...hex];

/** What is a text of what comes out: ordinary words are base64 of nothing. */
function decoded(text: string, runs: RegExp, decode: (run: string) => string): string {
  const bytes = (text.match(runs) ?? []).map(decode).join("\n");
  return (bytes.match(/[^\p{C}\ufffd]{6,}/gu) ?? []).join("\n");
}
