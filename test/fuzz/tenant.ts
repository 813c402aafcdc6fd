import { type Sandbox, startSandbox } from "../../sandbox/index";
import { subjects } from "../subjects/index";
import type { Args, Subject } from "../subjects/subject";
import type { TypeName } from "../support/managed";
import { type Relay, startRelay } from "./relay";

/** An object to work on, of one type. */
export interface Sample {
  readonly subject: Subject;
  readonly args: Args;
  /** The same object with other values. */
  readonly changed: Args;
  /** Another object. */
  readonly other: Args;
}

/** A tenant for all tests of a file, the relay in front of it, and what there is to work on. */
export interface FuzzedTenant {
  readonly sandbox: Sandbox;
  readonly relay: Relay;
  sample(type: TypeName): Sample;
  /** Deletes what operations have made. */
  wipe(): void;
}

export const allTypes = Object.keys(subjects) as TypeName[];

async function sampleOf(subject: Subject, sandbox: Sandbox): Promise<Sample> {
  const rich = subject.rich(await subject.args(sandbox));
  return { subject, ...rich, other: await subject.args(sandbox) };
}

/** Starts one before the tests of this file, and ends it after them; the function answers it. */
export function fuzzedTenant(): () => FuzzedTenant {
  let sandbox: Sandbox | undefined;
  let relay: Relay | undefined;
  let tenant: FuzzedTenant | undefined;

  async function started(on: Sandbox, by: Relay): Promise<FuzzedTenant> {
    const samples = new Map<TypeName, Sample>();
    for (const type of allTypes) samples.set(type, await sampleOf(subjects[type], on));
    const before = structuredClone(on.tenant);
    return {
      sandbox: on,
      relay: by,
      sample: (type) => {
        const sample = samples.get(type);
        if (!sample) throw new Error(`no sample of ${type}`);
        return sample;
      },
      wipe: () => void Object.assign(on.tenant, structuredClone(before)),
    };
  }

  beforeAll(async () => {
    sandbox = await startSandbox();
    relay = await startRelay(sandbox.baseUrl);
    tenant = await started(sandbox, relay);
  });
  afterAll(async () => {
    await relay?.close();
    await sandbox?.close();
  });
  return () => {
    if (!tenant) throw new Error("the tenant is there in tests only");
    return tenant;
  };
}
