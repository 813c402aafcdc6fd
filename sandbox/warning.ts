/** Says something on stderr. Nobody may be reading it, or its own disk may be full: no reason for a sandbox to end. */
export function warn(text: string): void {
  try {
    process.stderr.write(`${text}\n`);
  } catch {
    return;
  }
}
