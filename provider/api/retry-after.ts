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
