/** A second net under the rule that no secret is put into a message: masks every known secret value in a text. */
export class Secrets {
  private readonly values = new Set<string>();

  /** Short values are not kept: masking them would garble ordinary words. */
  add(value: string | undefined): void {
    if (value !== undefined && value.length >= 6) this.values.add(value);
  }

  redact(text: string): string {
    let masked = text;
    for (const value of this.values) {
      masked = masked.replaceAll(value, "[secret]").replaceAll(encodeURIComponent(value), "[secret]");
    }
    return masked;
  }
}
