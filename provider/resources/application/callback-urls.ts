import { z } from "zod";
import { blankProblem, refuseDuplicates, schemeProblem, urlProblem } from "../../core/checks";

const prefix = "regexp=";
const meta = /[\\^$.|?*+()[\]{}]/;

/**
 * The API takes one element at most. Several URLs are one Java regular expression, in which each URL stands for nothing
 * but itself: with unescaped dots, `https://app.example.com` would let `https://appXexample.com` receive the codes.
 */
export function callbackUrlsToWire(urls: readonly string[]): string[] {
  if (urls.length <= 1) return [...urls];
  return [`${prefix}(${[...urls].sort().map(escaped).join("|")})`];
}

function escaped(url: string): string {
  return url.replaceAll(new RegExp(meta, "g"), "\\$&");
}

/**
 * The URLs behind the API's one element. A pattern that matches anything else than a list of URLs, such as one with
 * unescaped dots, stays the pattern that it is.
 */
export function callbackUrlsFromWire(wire: readonly string[] | null | undefined): string[] {
  return (wire ?? []).filter((element) => element !== "").flatMap((element) => urlsOf(element) ?? [element]);
}

function urlsOf(element: string): string[] | undefined {
  if (!element.startsWith(`${prefix}(`) || !element.endsWith(")")) return undefined;
  const parts =
    element
      .slice(prefix.length + 1, -1)
      .match(/(?:\\.|[^\\|])*/gs)
      ?.filter((part) => part !== "") ?? [];
  const urls = parts.map((part) => part.replaceAll(/\\(.)/gs, "$1"));
  const isOurs = `${prefix}(${urls.map(escaped).join("|")})` === element;
  return isOurs && urls.length > 1 ? urls : undefined;
}

function problemOf(url: string): string | undefined {
  const problem = urlProblem(url);
  if (problem !== undefined) return problem;
  if (/^[a-z][a-z0-9+.-]*:\d+(\/|$)/i.test(url)) return "begins with a host; put `https://` or `http://` before it";
  if (!/^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(url)) {
    return "must be an absolute URL with a scheme, such as `https://app.example.com/callback`";
  }
  if (/^https?:/i.test(url) && !(/^https?:\/\//i.test(url) && URL.canParse(url))) {
    return "is no URL; it must look like `https://app.example.com/callback`";
  }
  if (url.includes("#")) return "must not have a fragment (RFC 6749 section 3.1.2); remove `#` and what follows it";
  return undefined;
}

function patternProblemOf(urls: readonly string[], pattern: string): string | undefined {
  if (urls.length > 1) return "a pattern must stand alone; put all URLs into it, or list URLs only";
  if (pattern === prefix) return "the pattern is empty; write it after `regexp=`";
  const blank = blankProblem(pattern);
  if (blank !== undefined) return blank;
  const scheme = /(?:=|[(|])(javascript|vbscript|data):/i.exec(pattern)?.[1]?.toLowerCase();
  if (scheme !== undefined) return schemeProblem(scheme);
  if (urlsOf(pattern)) return "this pattern is what a list of URLs is sent as; list the URLs instead, unescaped";
  return undefined;
}

/** Of args: absolute URLs, or one pattern. */
export const callbackUrls = z.array(z.string()).superRefine((urls, ctx) => {
  urls.forEach((url, i) => {
    const problem = url.startsWith(prefix) ? patternProblemOf(urls, url) : problemOf(url);
    if (problem) ctx.addIssue({ code: "custom", path: [i], message: problem });
  });
  refuseDuplicates(urls, ctx);
});
