import { createHash, randomUUID } from "node:crypto";
import { appendFileSync, lstatSync, mkdirSync, openSync, readdirSync, readSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const minute = 60_000;

/** What a request may take longer on its way than another one, so that the server sees no more of them in a minute. */
const slack = 1_000;

/** A file in which nobody has counted for so long says nothing any more. */
const forgotten = 10 * minute;

/** Counts requests that several processes send. */
export interface Tally {
  /** Counts one more; answers in how many milliseconds it may start, so that all of them keep to so many a minute. */
  count(perMinute: number): number;
}

/** Counts for nobody else. */
export const alone: Tally = { count: () => 0 };

/**
 * Counts the requests of all processes of this user on this machine to one server: Pulumi has a process for each provider
 * of a program, and for each preview and run. Where there is no place to count in, each process counts for itself.
 */
export function sharedTally(serverUrl: string): Tally {
  try {
    const folder = ownFolder(join(tmpdir(), `pulumi-asgardeo-${process.getuid?.() ?? "requests"}`));
    forgetOld(folder);
    const server = createHash("sha256").update(new URL(serverUrl).origin).digest("hex").slice(0, 16);
    return new FileTally(join(folder, server));
  } catch {
    return alone;
  }
}

/** A folder that is this user's alone: others could make requests wait. */
function ownFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  const isOwn = process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0);
  if (!found.isDirectory() || !isOwn) throw new Error(`${path} is not this user's own folder`);
  return path;
}

function forgetOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > forgotten) rmSync(path, { force: true });
  }
}

/**
 * A file to which each request adds a line: when it was ready, how many a minute its process may send, and a mark. From
 * the lines before its own, each process works out alike when each request starts, so none of them has to lock the file.
 */
export class FileTally implements Tally {
  readonly file: number;
  private readonly chunk = Buffer.alloc(16_384);
  /** The text of a line of which the end is still to be read. */
  private begun = "";
  private read = 0;
  /** When the requests of the last minute have started, and those that wait will; the earliest first. */
  private readonly starts: number[] = [];
  private isBroken = false;

  constructor(
    path: string,
    private readonly now: () => number = Date.now,
  ) {
    this.file = openSync(path, "a+", 0o600);
  }

  count(perMinute: number): number {
    if (this.isBroken) return 0;
    const mine = randomUUID();
    const now = this.now();
    try {
      appendFileSync(this.file, `${now} ${perMinute} ${mine}\n`);
      return Math.max(0, this.startOf(mine) - now);
    } catch {
      // A full disk, for one, is no reason to send nothing.
      this.isBroken = true;
      return 0;
    }
  }

  /** When the request with this mark starts, by the lines that were added since the last time. */
  private startOf(mark: string): number {
    let mine = 0;
    for (const line of this.newLines()) {
      const [ready, perMinute, owner] = line.split(" ");
      const start = this.note(Number(ready), Number(perMinute));
      if (owner === mark) mine = start;
    }
    return mine;
  }

  private note(ready: number, perMinute: number): number {
    // One of a clock that was set back since, or what is no line of ours.
    if (!(ready <= this.now() + minute) || !(perMinute >= 1)) return 0;
    while (this.starts[0] !== undefined && this.starts[0] + minute + slack <= ready) this.starts.shift();
    const before = this.starts.at(-perMinute);
    const start = before === undefined ? ready : Math.max(ready, before + minute + slack);
    const place = this.starts.findLastIndex((other) => other <= start) + 1;
    this.starts.splice(place, 0, start);
    return start;
  }

  private newLines(): string[] {
    for (;;) {
      const length = readSync(this.file, this.chunk, 0, this.chunk.length, this.read);
      if (length === 0) break;
      this.begun += this.chunk.toString("latin1", 0, length);
      this.read += length;
    }
    const lines = this.begun.split("\n");
    this.begun = lines.pop() ?? "";
    return lines;
  }
}
