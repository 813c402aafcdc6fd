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

/** A word that an application can ask for: RFC 6749 section 3.3 has the characters. */
export const scopeName = nonEmptyText.superRefine((name, ctx) => {
  const foreign = [...name].find((each) => !/[\x21\x23-\x5b\x5d-\x7e]/.test(each));
  if (foreign === undefined) return;
  const message = `has a ${nameOf(foreign)}, so no application could ever ask for it (RFC 6749 section 3.3); take other characters, such as \`orders:read\``;
  ctx.addIssue({ code: "custom", message });
});

function nameOf(character: string): string {
  if (/\s/.test(character)) return "blank";
  return /\p{C}/u.test(character) ? "control character" : `\`${character}\``;
}

/** An absolute URL with a host, such as `https://app.example.com/logout`. */
export const absoluteUrl = z.string().superRefine((url, ctx) => {
  const isOne = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(url) && URL.canParse(url);
  const message =
    urlProblem(url) ?? (isOne ? undefined : "must be an absolute URL, such as `https://app.example.com/path`");
  if (message !== undefined) ctx.addIssue({ code: "custom", message });
});

/** A URL that people or browsers follow; the server takes any text for it. That of an image may be the image itself. */
export function linkUrl({ image = false } = {}) {
  return z.string().superRefine((url, ctx) => {
    const isImage = image && /^data:image\//i.test(url);
    const message = isImage ? blankProblem(url) : urlProblem(url);
    if (message !== undefined) ctx.addIssue({ code: "custom", message });
  });
}

/** What nobody can mean by a URL: a script, a blank, several URLs in one text. Undefined where there is nothing of it. */
export function urlProblem(url: string): string | undefined {
  const scheme = /^\s*(javascript|vbscript|data):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined) return schemeProblem(scheme);
  // Behind a question mark, a comma may be a part of what the URL says.
  const [place = ""] = url.trim().split(/[?#]/);
  if (/[,;|\s]\s*[a-z][a-z0-9+.-]*:\//i.test(place))
    return "is two URLs; give each one for itself, where there can be several";
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/]*,/i.test(place)) return "has a comma in its host; give one URL";
  return blankProblem(url);
}

export function schemeProblem(scheme: string): string {
  const what = scheme === "data" ? "content" : "a script";
  return `\`${scheme}:\` is ${what} and no place to go to, and whoever follows it runs what it says; give an \`https\` URL`;
}

/** What is wrong about the blanks in a URL, line breaks among them. */
export function blankProblem(url: string): string | undefined {
  if (/^\s/.test(url)) return "has a blank at its beginning; take it away";
  if (/\s$/.test(url)) return "has a blank at its end; take it away";
  return /\s/.test(url) ? "has a blank in it; write `%20` for it, or take it away" : undefined;
}

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
