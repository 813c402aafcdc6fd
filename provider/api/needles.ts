import { views } from "./disguises";

/** So many characters of a secret in a row are no accident: an excerpt of it that long counts like the whole. */
const excerpt = 8;

/** No more than this is ever asked for in a row. */
const longestExcerpt = 16;

/** Finds secrets in a text in whatever form, or parts of them. */
export class Needles {
  /** What is looked for when it is asked for the next time: most runs never ask. */
  private fresh: string[] = [];
  /** Needles that are shorter than the longest excerpt. */
  private readonly wholes = new Set<string>();
  /** All runs of `excerpt` characters of all needles. */
  private readonly runs = new Set<string>();
  /** Secrets that are made of other characters than letters and digits. */
  private readonly marks = new Set<string>();

  add(secret: string): void {
    this.fresh.push(secret);
  }

  /** Whether a text has a secret, or at least so many characters of one in a row, up to 16, be it encoded. */
  areIn(text: string, atLeast = excerpt): boolean {
    for (const secret of this.fresh) this.prepare(secret);
    this.fresh = [];
    return views(text).some((view) => this.isSeenIn(view, atLeast));
  }

  private prepare(secret: string): void {
    const plain = folded(secret);
    if (plain.length < excerpt - 2) this.marks.add(withoutBlanks(secret));
    // These need no decoding, so they are found where blanks, marks or another case break the encoding, too.
    for (const form of [plain, [...plain].reverse().join(""), ...encoded(Buffer.from(secret))]) this.note(form);
  }

  private note(form: string): void {
    if (form.length < excerpt - 2) return;
    if (form.length < longestExcerpt) this.wholes.add(form);
    for (let i = 0; i + excerpt <= form.length; i++) this.runs.add(form.slice(i, i + excerpt));
  }

  private isSeenIn(view: string, atLeast: number): boolean {
    const plain = folded(view);
    for (const whole of this.wholes) if (plain.includes(whole)) return true;
    const bare = this.marks.size > 0 ? withoutBlanks(view) : "";
    for (const mark of this.marks) if (bare.includes(mark)) return true;
    for (let i = 0, inRow = excerpt - 1; i + excerpt <= plain.length; i++) {
      inRow = this.runs.has(plain.slice(i, i + excerpt)) ? inRow + 1 : excerpt - 1;
      if (inRow >= atLeast) return true;
    }
    return false;
  }
}

/** Letters and digits alone, without case and accents: what is put between them, or left out, changes nothing. */
function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

function withoutBlanks(text: string): string {
  return text.replace(/[\s\p{C}]/gu, "");
}

/** Hexadecimal, and base64 for each place in a group of three bytes where a secret can begin, without what else is in it. */
function encoded(bytes: Buffer): string[] {
  const base64 = [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return all.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [bytes.toString("hex"), ...base64].map(folded);
}
