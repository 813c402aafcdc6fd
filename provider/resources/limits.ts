import type { Failure } from "../core/check";
import type { Properties } from "../core/clean";
import { isUnknown } from "../core/unknown";

/**
 * What the server keeps at most, by its database scripts. What it answers to more was not seen: to cut the text, or to
 * fail in the middle of a run. So a text that is too long is told ahead, and refused where the user is strict.
 */
export const kept = (most: number) => `by its database scripts the server keeps ${most.toLocaleString("en")}`;

/** The length of a text as a database counts it. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** The texts that are longer than what the server keeps of them; `most` has the limits by property. */
export function longTexts(args: Properties, most: Readonly<Record<string, number>>): Failure[] {
  return Object.entries(most).flatMap(([property, limit]) => {
    const value = args[property];
    if (typeof value !== "string" || isUnknown(value) || lengthOf(value) <= limit) return [];
    const length = lengthOf(value).toLocaleString("en");
    return [{ property, reason: `${property}: has ${length} characters, and ${kept(limit)}; make it shorter` }];
  });
}
