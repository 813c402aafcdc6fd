import { inOneLine, visible } from "../visible";
import { unescaped } from "./disguises";
import { Needles } from "./needles";
import { isOpaque } from "./opaque";

const mask = "[secret]";

/** In the place of a server's words. */
const withheld = "the server's words are not shown, since they may hold a secret";

/** As much of a text as is looked at: more than any message needs, and little enough to be looked at in all its forms. */
const longestText = 20_000;
const longestDescription = 500;

/** Of what this package says itself, such as a name in a message, an excerpt counts from this length on: names may resemble secrets. */
const longestResemblance = 16;

/**
 * The net under the rule that no secret is put into a message. It knows the secrets of this process, and what others have
 * written passes it on its way into a message.
 */
export class Secrets {
  private readonly forms = new Set<string>();
  private readonly needles = new Needles();
  private readonly short = new Set<string>();
  private pattern: RegExp | undefined;

  /**
   * A value of less than six characters is not masked: that would garble ordinary words, and the gaps would show what it
   * is. Where the server's words have it as a word, they are not shown.
   */
  add(secret: string | undefined): void {
    const value = secret?.slice(0, longestText);
    if (!value || this.forms.has(value)) return;
    if (value.length < 6) {
      this.short.add(value);
      return;
    }
    for (const form of formsOf(value)) this.forms.add(form);
    this.needles.add(value);
    this.pattern = undefined;
  }

  /** Masks every known secret as it is, and as URLs, forms, JSON and headers carry it. */
  redact(text: string): string {
    if (this.forms.size === 0) return text;
    this.pattern ??= anyOf(this.forms);
    return text.replace(this.pattern, mask);
  }

  /**
   * The server's words, in one line, as far as they fit into a message. Where a secret may be in them that is not masked,
   * in whatever form, nothing of them is shown. `asked` is the request: what it says, the server may say.
   */
  words(text: string, asked: string): string {
    const masked = inOneLine(this.redact(text.slice(0, longestText))).trim();
    const shown = masked.length > longestDescription ? `${masked.slice(0, longestDescription)}…` : masked;
    return this.isSafe(shown, asked) ? visible(shown) : withheld;
  }

  /** An error's code, such as `APP-60007`; undefined where it has not the form of one. */
  code(text: string | undefined, asked: string): string | undefined {
    return text !== undefined && /^[\w.:-]{1,60}$/.test(text) && this.isUntouched(text, asked) ? text : undefined;
  }

  /** The id by which an answer is found in the server's log; undefined where it has not the form of one. */
  trace(text: string | undefined): string | undefined {
    return text !== undefined && /^[\da-f-]{1,60}$/i.test(text) && this.isUntouched(text, text) ? text : undefined;
  }

  /** A message of this package's own that may have words of others in it, such as the name of an object: without a secret. */
  hide(text: string): string {
    const lines = text.split("\n").map((line) => this.hideIn(line));
    return this.has(lines.join("\n"), longestResemblance) ? hiddenLine : lines.join("\n");
  }

  private hideIn(words: string): string {
    const line = words.length > longestText ? `${words.slice(0, longestText)}…` : words;
    // Most lines have none, and looking for all exact forms takes longer where there are many secrets.
    if (!this.has(line, longestResemblance)) return line;
    const masked = this.redact(line);
    const hide = (part: string) => (this.has(part, longestResemblance) ? mask : part);
    // Names stand between quotes, ids between blanks.
    const rest = masked.replace(/"(?:[^"\\]|\\.)*"/g, hide).replace(/\S{6,}/g, hide);
    return this.has(rest, longestResemblance) ? hiddenLine : rest;
  }

  private isUntouched(text: string, asked: string): boolean {
    return this.redact(text) === text && this.isSafe(text, asked);
  }

  private isSafe(text: string, asked: string): boolean {
    if (this.has(text)) return false;
    const known = unescaped(this.redact(asked)).join(" ");
    return !parts(text).some((part) => this.hasShort(part) || isOpaque(part, known));
  }

  private hasShort(text: string): boolean {
    return (
      this.short.size > 0 &&
      unescaped(text).some((view) => view.split(/[\s"'`,;:()]+/).some((word) => this.short.has(word)))
    );
  }

  private has(text: string, atLeast?: number): boolean {
    return parts(text).some((part) => this.needles.areIn(part, atLeast));
  }
}

const hiddenLine = "[a line that holds a secret is not shown]";

/** What stands between masks: the word in a mask may be a secret itself. */
function parts(text: string): string[] {
  return text.split(mask);
}

/** The value as it is, and as URLs, forms, JSON and headers carry it. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    encodeURIComponent(bytes.toString()),
    new URLSearchParams({ k: value }).toString().slice(2),
    JSON.stringify(value).slice(1, -1),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
  ];
}

/** The longest first, and all at once: a secret that begins with another one must not lose only its beginning. */
function anyOf(texts: Iterable<string>): RegExp {
  const longestFirst = [...texts].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
}
