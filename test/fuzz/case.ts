import type { Sandbox } from "../../sandbox/index";
import { fakeClock } from "../support/client";
import { reconnected } from "../support/managed";
import type { Plan } from "./change";
import { errorProblems, stateProblems, textProblems } from "./invariants";
import { isThere, type Operation, wipe } from "./operations";
import { ENOUGH, type Relay } from "./relay";
import type { Subject } from "./subjects";

/** Longer than any operation takes whose pauses take no time. */
const HANG = 10_000;

/** Runs one operation over changed answers, and tells what is wrong with the way it ended. */
export async function problemsOf(
  operation: Operation,
  subject: Subject,
  plan: Plan,
  sandbox: Sandbox,
  relay: Relay,
): Promise<string[]> {
  wipe(sandbox);
  relay.play(undefined);
  const by = { baseUrl: relay.baseUrl, clock: fakeClock() };
  const before = reconnected(sandbox, by);
  const prepared = before.resource(subject.type);
  await operation.prepare(prepared, subject, sandbox);
  const tenant = operation.goesOn ? before : reconnected(sandbox, by);
  const resource = operation.goesOn ? prepared : tenant.resource(subject.type);
  if (resource !== prepared) Object.assign(resource, { id: prepared.id, inputs: prepared.inputs });
  resource.state = frozen(structuredClone(prepared.state));
  const old = { id: resource.id, state: resource.state };
  relay.play(plan);
  const { error, failed } = await outcome(operation.run(resource, subject));
  const { requests } = relay;
  relay.play(undefined);
  const isHalfMade = resource.incomplete;
  return [
    ...(requests > ENOUGH ? ["it asked again and again"] : []),
    ...(failed ? errorProblems(error, sandbox) : []),
    ...tenant.said.flatMap((text) => textProblems(text, sandbox)),
    ...(failed && !isHalfMade && (resource.id !== old.id || resource.state !== old.state) ? ["it changed state"] : []),
    ...(resource.state !== old.state && resource.id !== undefined
      ? stateProblems(resource.state, subject, sandbox)
      : []),
    ...(resource.id === "" ? ["the id is empty"] : []),
    ...(isLostByMistake(subject, old.id, resource.id, sandbox) ? ["it left the state and not the tenant"] : []),
  ];
}

/** The list of an application's authorizations is the only proof of one, so a list without it is to be believed. */
function isLostByMistake(subject: Subject, old: string | undefined, id: string | undefined, sandbox: Sandbox): boolean {
  return old !== undefined && id === undefined && subject.type !== "ApiAuthorization" && isThere(sandbox, subject);
}

async function outcome(work: Promise<unknown>): Promise<{ error?: unknown; failed: boolean }> {
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`it did not end within ${HANG / 1000} s`)), HANG);
  });
  try {
    await Promise.race([work, hang]);
    return { failed: false };
  } catch (error) {
    return { error, failed: true };
  } finally {
    clearTimeout(timer);
  }
}

/** An operation must not touch what it is given: it may still fail. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null)
    for (const member of Object.values(Object.freeze(value))) frozen(member);
  return value;
}
