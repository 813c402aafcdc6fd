import { type Sandbox, startSandbox } from "../../sandbox/index";
import { type Relay, startRelay } from "./relay";
import { type Subject, subjectsOn, type TypeName } from "./subjects";

/** A tenant for all tests of a file, the relay in front of it, and what there is to work on. */
export interface FuzzedTenant {
  readonly sandbox: Sandbox;
  readonly relay: Relay;
  readonly subjects: Readonly<Record<TypeName, Subject>>;
}

/** Starts one before the tests of this file, and ends it after them; the function answers it. */
export function fuzzedTenant(): () => FuzzedTenant {
  let sandbox: Sandbox | undefined;
  let relay: Relay | undefined;
  let tenant: FuzzedTenant | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox();
    relay = await startRelay(sandbox.baseUrl);
    tenant = { sandbox, relay, subjects: await subjectsOn(sandbox) };
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
