import * as pulumi from "@pulumi/pulumi";
import { AsgardeoError } from "../errors";
import type { LookUpOptions } from "./options";

/** Whether the program runs in a unit test, with Pulumi's mocks in the place of the engine: then nothing is to be sent. */
export function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  // The class of the mocks is not published. This member is, and all versions have it; an engine's client has not.
  return typeof monitor === "object" && monitor !== null && "mocks" in monitor;
}

/** Asks the mocks, as a function of a generated package does. A list is the member `result` of what they answer. */
export async function mocked<Result>(
  name: string,
  isList: boolean,
  args: object,
  { provider, parent }: LookUpOptions = {},
): Promise<Result> {
  const token = `asgardeo:index:${name}`;
  const answer: unknown = await pulumi.runtime.invoke(token, { ...args }, { provider, parent });
  return (isList ? listIn(token, answer) : answer) as Result;
}

function listIn(token: string, answer: unknown): unknown[] {
  if (typeof answer === "object" && answer !== null) {
    if ("result" in answer && Array.isArray(answer.result)) return answer.result;
    // What mocks answer to any question, where a test does not mind.
    if (Object.keys(answer).length === 0) return [];
  }
  throw new AsgardeoError(`the mock of ${token} must answer an object with the list as \`result\`: { result: [] }`);
}
