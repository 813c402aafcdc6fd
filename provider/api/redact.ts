/** A second net under the rule that no secret is put into a message: masks every known secret value in a text. */
export class Secrets {
  private readonly forms = new Set<string>();
  private pattern: RegExp | undefined;

  /** Short values are not kept: masking them would garble ordinary words. */
  add(value: string | undefined): void {
    if (value === undefined || value.length < 6 || this.forms.has(value)) return;
    for (const form of formsOf(value)) this.forms.add(form);
    this.pattern = undefined;
  }

  redact(text: string): string {
    if (this.forms.size === 0) return text;
    this.pattern ??= anyOf(this.forms);
    return text.replace(this.pattern, "[secret]");
  }
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
