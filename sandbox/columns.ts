import type { Refusal } from "./refusal";

/**
 * How many characters the columns of the server's database keep, by its scripts. A list is stored as its only text:
 * several callback addresses are one pattern.
 *
 * What the API answers to more was not seen. In the code that was read no rule looks at these lengths, so that it is
 * the database that refuses, which becomes the server error of the API: a 500, behind all other refusals.
 */
export const columns = {
  application: { name: 255, description: 1024, imageUrl: 1024, accessUrl: 1024 },
  client: { clientId: 255, callbackURLs: 2048 },
  apiResource: { name: 255, identifier: 255, description: 1023 },
  scope: { name: 255, displayName: 255 },
} as const;

type Stored = string | readonly string[] | undefined;

/** Whether a text has more characters than that; one may take two units of a string. */
export function isOverlong(text: string, limit: number): boolean {
  return text.length > 2 * limit || [...text].length > limit;
}

/** Refuses a record with a text that its column does not keep. */
export function refuseOverlong<Member extends string>(
  limits: Readonly<Record<Member, number>>,
  record: { readonly [M in NoInfer<Member>]?: Stored },
  refusal: () => Refusal,
): void {
  for (const member in limits) {
    const texts = [record[member] ?? []].flat();
    if (texts.some((text) => isOverlong(text, limits[member]))) throw refusal();
  }
}
