import { fakeClock } from "../support/client";
import { reconnected } from "../support/managed";
import { afterwards } from "./afterwards";
import type { Plan } from "./change";
import { errorProblems, stateProblems, textProblems } from "./invariants";
import { isThere, type Operation } from "./operations";
import { ENOUGH } from "./relay";
import type { FuzzedTenant, Sample } from "./tenant";

/** Longer than any operation takes whose pauses take no time. */
const HANG = 10_000;

/** Runs one operation over changed answers, and tells what is wrong with the way it ended. */
export async function problemsOf(
  operation: Operation,
  sample: Sample,
  plan: Plan,
  fuzzed: FuzzedTenant,
): Promise<string[]> {
  const { sandbox, relay } = fuzzed;
  const { subject } = sample;
  fuzzed.wipe();
  relay.play(undefined);
  const by = { baseUrl: relay.baseUrl, clock: fakeClock() };
  const before = reconnected(sandbox, by);
  const prepared = before.resource(subject.type);
  await operation.prepare(prepared, sample, fuzzed);
  const tenant = operation.goesOn ? before : reconnected(sandbox, by);
  const resource = operation.goesOn ? prepared : tenant.resource(subject.type);
  if (resource !== prepared) Object.assign(resource, { id: prepared.id, inputs: prepared.inputs });
  resource.state = frozen(structuredClone(prepared.state));
  const old = { id: resource.id, state: resource.state };
  relay.play(plan);
  const { error, failed } = await outcome(operation.run(resource, sample));
  const { requests } = relay;
  relay.play(undefined);
  const isHalfMade = resource.incomplete;
  const problems = [
    ...(requests > ENOUGH ? ["it asked again and again"] : []),
    ...(failed ? errorProblems(error, sandbox) : []),
    ...tenant.said.flatMap((text) => textProblems(text, sandbox)),
    ...(failed && !isHalfMade && (resource.id !== old.id || resource.state !== old.state) ? ["it changed state"] : []),
    ...(resource.state !== old.state && resource.id !== undefined
      ? stateProblems(resource.state, subject, sandbox)
      : []),
    ...(resource.id === "" ? ["the id is empty"] : []),
    ...(isLostByMistake(fuzzed, sample, old.id, resource.id) ? ["it left the state and not the tenant"] : []),
  ];
  // An operation that ended badly has said enough.
  return problems.length > 0 ? problems : afterwards(operation, sample, resource, fuzzed);
}

function isLostByMistake(
  fuzzed: FuzzedTenant,
  sample: Sample,
  old: string | undefined,
  id: string | undefined,
): boolean {
  return old !== undefined && id === undefined && !sample.subject.isKnownByListAlone && isThere(fuzzed, sample);
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
