import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** Trouble that was foreseen: its message is all that the user needs, so no stack is shown. */
export class Trouble extends Error {
  /** @override */
  name = "Trouble";
}

const colourful = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;

/** @param {string} code @returns {(text: string) => string} */
const paint = (code) => (text) => (colourful ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint("1");
export const dim = paint("2");
export const red = paint("31");
export const green = paint("32");

let spokeAt = Date.now();

/** Writes a line to the user. @param {string} [line] */
export function say(line = "") {
  spokeAt = Date.now();
  process.stdout.write(`${line}\n`);
}

/** For how many milliseconds nothing has been written. */
export const silence = () => Date.now() - spokeAt;

/** @param {string} text @param {string} [by] */
export const indent = (text, by = "    ") => text.replace(/^(?=.)/gm, by);

/** @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** The text as one line that fits into a message. @param {string} text @param {number} [limit] */
export function oneLine(text, limit = 400) {
  const line = text
    .split("\n")
    .map((part) => part.trim())
    .filter(Boolean)
    .join(" ");
  return line.length > limit ? `${line.slice(0, limit)}…` : line;
}

/** What a caught value says. @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** Shows an error: its message if it was foreseen, all of it if it was not. @param {unknown} error */
export function sayError(error) {
  const text =
    error instanceof Trouble ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(red(text));
}
