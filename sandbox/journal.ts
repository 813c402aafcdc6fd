import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { PlayedFault } from "./models/fault";
import { reasonOf } from "./reason";
import { StartError } from "./start-error";
import { warn } from "./warning";
import { CutError, writeWhole } from "./whole";

/** A request that the sandbox has served. */
export interface ServedRequest {
  /** When it arrived, as an ISO 8601 time in UTC. */
  readonly time: string;
  readonly method: string;
  /** With its query, in which the values of secrets are replaced by `***`; cut, with `…`, behind 2,000 characters. */
  readonly path: string;
  /** 0 if a fault has reset the connection. */
  readonly status: number;
  /** How long the answer took, without its way through the network. */
  readonly milliseconds: number;
  /** The fault that was played on it, if any. */
  readonly fault?: PlayedFault;
}

/** A sandbox that runs for days must not grow: older requests are forgotten. */
const KEPT = 10_000;
/** Nor must it grow by what somebody writes into addresses. */
const LONGEST_PATH = 2_000;
const LINE_BREAK = 10;

/** The requests served so far, in memory and in the log file. */
export class Journal {
  readonly requests: ServedRequest[] = [];
  private descriptor: number | undefined;
  /** Whether the file ends within a line, of which a full disk or a kill has kept the end away. */
  private isCut = false;
  private isWarned = false;

  constructor(private readonly file: string | undefined) {
    if (file === undefined) return;
    try {
      this.descriptor = openSync(file, "a+", 0o600);
      this.isCut = endsWithinLine(this.descriptor);
    } catch (error) {
      throw new StartError(`The log file ${file} cannot be written: ${reasonOf(error)}`, { cause: error });
    }
  }

  /** Written at once, so that nothing is lost when the process is killed. */
  add(request: ServedRequest): void {
    this.requests.push(request);
    if (this.requests.length > KEPT) this.requests.shift();
    if (this.descriptor !== undefined) this.write(this.descriptor, `${JSON.stringify(request)}\n`);
  }

  /**
   * The request has been carried out, so its answer is given whatever becomes of the line. A line that was cut stays as
   * it is, and the next one begins behind a line break.
   */
  private write(descriptor: number, line: string): void {
    const bytes = Buffer.from(this.isCut ? `\n${line}` : line);
    try {
      writeWhole(descriptor, bytes);
      this.isCut = false;
    } catch (error) {
      if (error instanceof CutError && error.written > 0) this.isCut = bytes[error.written - 1] !== LINE_BREAK;
      if (!this.isWarned) warn(`The log file ${this.file} lacks lines, since it cannot be written: ${reasonOf(error)}`);
      this.isWarned = true;
    }
  }

  /** Closes the log file. */
  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

function endsWithinLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== LINE_BREAK;
}

const sensitive =
  /secret|password|token|assertion|credential|^code$|^request_uri$|verifier|sessionDataKey|^authorization$/i;

/** The path and the query of an address, without secrets that somebody may have put there. */
export function withoutSecrets(address: string): string {
  const { pathname, search } = new URL(address);
  const pairs = search.slice(1).split("&");
  const shown = pairs.map((pair) => {
    const [name = ""] = pair.split("=", 1);
    return sensitive.test(decoded(name)) ? `${name}=***` : pair;
  });
  const whole = search === "" ? pathname : `${pathname}?${shown.join("&")}`;
  return whole.length > LONGEST_PATH ? `${whole.slice(0, LONGEST_PATH)}…` : whole;
}

function decoded(text: string): string {
  return [...new URLSearchParams(text).keys()][0] ?? "";
}
