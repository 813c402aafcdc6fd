/** What is not seen as it is: it steers a terminal, turns the direction of a text, breaks a line, or shows nothing at all. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A text in which every character is seen: such a character is written as its number, `\u001b`. Line feeds stay. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}

/** Words of others, such as a server's: they must not begin a line of their own, which would look like one of ours. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
