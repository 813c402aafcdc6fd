import { closeSync, openSync, writeSync } from "node:fs";
import type { PlayedFault } from "./models/fault";
import { reasonOf } from "./reason";
import { StartError } from "./start-error";

/** A request that the sandbox has served. */
export interface ServedRequest {
  /** When it arrived, as an ISO 8601 time in UTC. */
  readonly time: string;
  readonly method: string;
  /** With its query, in which the values of secrets are replaced by `***`. */
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

/** The requests served so far, in memory and in the log file. */
export class Journal {
  readonly requests: ServedRequest[] = [];
  private descriptor: number | undefined;

  constructor(file: string | undefined) {
    if (file === undefined) return;
    try {
      this.descriptor = openSync(file, "a", 0o600);
    } catch (error) {
      throw new StartError(`The log file ${file} cannot be written: ${reasonOf(error)}`, { cause: error });
    }
  }

  /** Written at once, so that nothing is lost when the process is killed. */
  add(request: ServedRequest): void {
    this.requests.push(request);
    if (this.requests.length > KEPT) this.requests.shift();
    if (this.descriptor !== undefined) writeSync(this.descriptor, `${JSON.stringify(request)}\n`);
  }

  /** Closes the log file. */
  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

const sensitive = /secret|password|token|assertion|credential|^code$|^authorization$/i;

/** The path and the query of an address, without secrets that somebody may have put there. */
export function withoutSecrets(address: string): string {
  const { pathname, search } = new URL(address);
  const pairs = search.slice(1).split("&");
  const shown = pairs.map((pair) => {
    const [name = ""] = pair.split("=", 1);
    return sensitive.test(decoded(name)) ? `${name}=***` : pair;
  });
  return search === "" ? pathname : `${pathname}?${shown.join("&")}`;
}

function decoded(text: string): string {
  return [...new URLSearchParams(text).keys()][0] ?? "";
}
