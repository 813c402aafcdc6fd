/** A server that asks for more milliseconds than this gets no repetition, and holds nobody else back. */
export const longestRetryAfter = 120_000;

/**
 * Milliseconds that an answer asks to be waited for, in seconds or as a date (RFC 9110 10.2.3). Nothing else is read as
 * a date, since `Date.parse` finds one in many a text.
 */
export function retryAfter(header = ""): number | undefined {
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]+, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

const units: readonly [string, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** For the message of a refusal: how long the server asks to be left alone, where that is too long to be waited for. */
export function tooLongToWait(header: string | undefined): string | undefined {
  const asked = retryAfter(header) ?? 0;
  if (asked <= longestRetryAfter) return undefined;
  if (asked > 365 * 86_400_000)
    return "the server asks to wait for more than a year (Retry-After), so it is not asked again";
  const [unit, length] = units.find(([, length]) => asked >= length) ?? ["second", 1000];
  const count = Math.ceil(asked / length);
  return `the server asks to wait for ${count} ${unit}${count === 1 ? "" : "s"} (Retry-After), so it is not asked again: run it again then`;
}
