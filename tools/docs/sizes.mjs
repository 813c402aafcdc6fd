import { layout } from "./layout.mjs";

/** In bytes: nobody reads more. */
export const longestPage = 30_000;

/** In characters: a longer row cannot be read as a row. */
export const widestRow = 260;

/** In lines. */
const longestReadme = 150;

/** The pages that a person cannot read, with what is too much. @param {ReadonlyMap<string, string>} pages path → text */
export function unreadable(pages) {
  return [...pages].flatMap(([path, text]) => {
    const size = Buffer.byteLength(text);
    const lines = text.replace(/\n$/, "").split("\n");
    const isReadme = path === layout.readme && lines.length > longestReadme;
    return [
      ...(size > longestPage ? [`${path} has ${size} bytes: nobody reads more than ${longestPage}`] : []),
      ...(isReadme ? [`${path} has ${lines.length} lines: nobody reads more than ${longestReadme}`] : []),
      ...lines.flatMap((line, i) => {
        if (!line.startsWith("|") || line.length <= widestRow) return [];
        return [`${path}:${i + 1}: a row of ${line.length} characters: nobody reads more than ${widestRow}`];
      }),
    ];
  });
}
