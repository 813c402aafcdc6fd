import { z } from "zod";

/** One word of a closed list. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, { error: `must be one of ${words.map((word) => `\`${word}\``).join(", ")}` });
}

/** A text that says something. */
export const nonEmptyText = z.string().min(1, "must not be empty; leave it out instead");

/** A life time. */
export const seconds = z.int().positive("must be a whole number of seconds, at least 1");

/** Lets a rule over several members speak even where another member is wrong or not known yet. */
export const despiteOtherIssues = { when: () => true };

/** An absolute URL with a host, such as `https://app.example.com/logout`. */
export const absoluteUrl = z.string().refine((url) => /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(url) && URL.canParse(url), {
  error: "must be an absolute URL, such as `https://app.example.com/path`",
});

/** A set of texts: an element that is there twice is refused at its second place. */
export function distinct(element: z.ZodType<string, string> = nonEmptyText) {
  return z.array(element).superRefine(refuseDuplicates);
}

export function refuseDuplicates(values: readonly unknown[], ctx: z.RefinementCtx): void {
  values.forEach((value, i) => {
    if (values.indexOf(value) < i) {
      ctx.addIssue({ code: "custom", path: [i], message: "is in the list twice; remove one of them" });
    }
  });
}

/** Refuses two elements of a keyed set with the same key, at the second one's key. */
export function distinctBy(key: string) {
  return (values: readonly Record<string, unknown>[], ctx: z.RefinementCtx): void => {
    const keys = values.map((value) => value[key]);
    keys.forEach((value, i) => {
      if (keys.indexOf(value) < i) {
        ctx.addIssue({ code: "custom", path: [i, key], message: "is in the list twice; remove one of them" });
      }
    });
  };
}
