/** A text without these values, whatever setting they were written into. Short ones are words like any others. */
export function masked(text: string, values: readonly unknown[]): string {
  const secrets = values.map((value) => (typeof value === "string" ? value.trim() : ""));
  return (
    secrets
      .filter((secret) => secret.length >= 6)
      // One may begin with another, whose end would stay.
      .sort((a, b) => b.length - a.length)
      .reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text)
  );
}
