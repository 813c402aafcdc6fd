import { execFileSync } from "node:child_process";

/** A process that another one has started, or that itself. */
export interface Member {
  readonly pid: number;
  readonly command: string;
}

/** A process and all that it has started so far. */
export function familyOf(pid: number): Member[] {
  const lines = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const all = lines.flatMap((line) => {
    const [, id, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(id), parent: Number(parent), command }];
  });
  const family = all.filter((one) => one.pid === pid);
  for (const member of family) family.push(...all.filter(({ parent }) => parent === member.pid));
  return family;
}

/** Ends processes at once, without a chance to tidy up. */
export function kill(family: readonly Member[]): void {
  for (const { pid } of family) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}
