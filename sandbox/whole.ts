import { writeSync } from "node:fs";

/** Writes all of these bytes. A disk that has room for some of them only says so by their number, not by an error. */
export function writeWhole(descriptor: number, bytes: Uint8Array): void {
  const written = writeSync(descriptor, bytes);
  if (written < bytes.length) throw new CutError(written, bytes.length);
}

/** The first bytes were written, and the others were not. */
export class CutError extends Error {
  constructor(
    readonly written: number,
    all: number,
  ) {
    super(`only ${written} of ${all} bytes were written`);
    this.name = "CutError";
  }
}
