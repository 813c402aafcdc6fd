import { fakeClock } from "../support/client";
import { type Managed, reconnected } from "../support/managed";
import type { Operation } from "./operations";
import type { FuzzedTenant, Sample } from "./tenant";

/** As often as a user tries who does what the messages say. */
const tries = 4;

/**
 * What is wrong when the answers are right again: the next runs have to end in what the program says, with one object, or
 * with none. The user does what the messages say: refresh, adopt.
 */
export async function afterwards(
  { wants }: Operation,
  sample: Sample,
  { id, state, inputs, incomplete }: Managed,
  { sandbox, relay }: FuzzedTenant,
): Promise<string[]> {
  if (wants === undefined) return [];
  relay.play(undefined);
  const next = reconnected(sandbox, { baseUrl: relay.baseUrl, clock: fakeClock() }).resource(sample.subject.type);
  Object.assign(next, { id, state: structuredClone(state), inputs: structuredClone(inputs), incomplete });
  const { subject, args, changed } = sample;
  const found = (its: Sample["args"]) => subject.found(sandbox.tenant, its);
  try {
    if (wants === "nothing") {
      await next.destroy();
      return [args, changed].some((its) => found(its).length > 0) ? ["it is left in the tenant"] : [];
    }
    const declared = sample[wants];
    await broughtTo(next, declared);
    await next.refresh();
    const step = await next.up({ ...declared, adopt: next.inputs.adopt });
    return [
      ...(step === "same" ? [] : [`the run after the next does something: ${step}`]),
      ...(found(declared).join() === next.id ? [] : [`the tenant has ${found(declared)}, the state ${next.id}`]),
    ];
  } catch (error) {
    return [`the next run fails: ${String(error)}`];
  }
}

async function broughtTo(resource: Managed, args: Sample["args"]): Promise<void> {
  let wanted = args;
  for (let left = tries; ; left--) {
    try {
      await resource.refresh();
      await resource.up(wanted);
      return;
    } catch (error) {
      if (left === 1) throw error;
      if (String(error).includes("adopt: true")) wanted = { ...wanted, adopt: true };
    }
  }
}
