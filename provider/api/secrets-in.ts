import type { Family } from "./family";

/** The values of a body's secret members, at whatever depth, also where the rest of it is broken or of another shape. */
export function secretsIn({ secrets = [] }: Family, body: string): string[] {
  return secrets.flatMap((name) => {
    const member = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`, "g");
    return body.includes(name) ? [...body.matchAll(member)].map(([, text = ""]) => plain(text)) : [];
  });
}

function plain(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
