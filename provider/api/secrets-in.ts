import type { Family } from "./family";

/** More than any client has; a body with more is made to cost time. */
const most = 100;

/** The values of a body's secret members, at whatever depth, also where the rest of it is broken or of another shape. */
export function secretsIn({ secrets = [] }: Family, body: string): string[] {
  return secrets.flatMap((name) => {
    const member = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`, "g");
    if (!body.includes(name)) return [];
    const found: string[] = [];
    for (const [, text = ""] of body.matchAll(member)) if (found.push(plain(text)) === most) break;
    return found;
  });
}

function plain(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
