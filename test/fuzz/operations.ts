import type { Managed } from "../support/managed";
import type { FuzzedTenant, Sample } from "./tenant";

/** An operation of Pulumi's on one resource, and what has to be there before it. */
export interface Operation {
  prepare(resource: Managed, sample: Sample, tenant: FuzzedTenant): Promise<void>;
  run(resource: Managed, sample: Sample): Promise<unknown>;
  /** What the program says: it is to be so when answers are right again. Left out where it says nothing. */
  readonly wants?: "args" | "changed" | "nothing";
  /** Whether the preparation is a part of the same run, so that what it has learned is known. */
  readonly goesOn?: true;
}

const nothing = async () => undefined;
const made: Operation["prepare"] = async (resource, { args }) => void (await resource.apply(args));
const found: Operation["prepare"] = (_, { subject, args }, { sandbox }) => subject.exists(sandbox, args);
/** Made, and deleted by somebody else. */
const lost: Operation["prepare"] = async (resource, sample, tenant) => {
  await made(resource, sample, tenant);
  tenant.wipe();
};

/** Look-ahead, create, adopt, read, look-up, update and delete, each of which may find what it did not expect. */
export const operations: Readonly<Record<string, Operation>> = {
  "look-ahead": { wants: "args", prepare: nothing, run: (resource, { args }) => resource.preview(args) },
  "look-ahead at an adoption": {
    wants: "args",
    prepare: found,
    run: (resource, { args }) => resource.preview({ ...args, adopt: true }),
  },
  "look-ahead at one that exists": {
    wants: "args",
    prepare: found,
    run: (resource, { args }) => resource.preview(args),
  },
  "look-ahead at a change": {
    wants: "changed",
    prepare: made,
    run: (resource, { changed }) => resource.preview(changed),
  },
  create: { wants: "args", prepare: nothing, run: (resource, { args }) => resource.apply(args) },
  "create after a look": {
    wants: "args",
    goesOn: true,
    prepare: async (resource, { args }) => void (await resource.preview(args)),
    run: (resource, { args }) => resource.apply(args),
  },
  "create of one that exists": { wants: "args", prepare: found, run: (resource, { args }) => resource.apply(args) },
  adoption: { wants: "args", prepare: found, run: (resource, { args }) => resource.apply({ ...args, adopt: true }) },
  read: { wants: "args", prepare: made, run: (resource) => resource.refresh() },
  "read of a lost one": { wants: "args", prepare: lost, run: (resource) => resource.refresh() },
  "look-up": {
    prepare: async (resource, sample, tenant) => {
      await made(resource, sample, tenant);
      resource.state = {};
      resource.inputs = {};
    },
    run: (resource) => resource.refresh(),
  },
  update: { wants: "changed", prepare: made, run: (resource, { changed }) => resource.apply(changed) },
  "update of a lost one": { wants: "changed", prepare: lost, run: (resource, { changed }) => resource.apply(changed) },
  delete: { wants: "nothing", prepare: made, run: (resource) => resource.destroy() },
  "delete of a lost one": { wants: "nothing", prepare: lost, run: (resource) => resource.destroy() },
};

/** Whether the object is in the tenant. */
export function isThere({ sandbox }: FuzzedTenant, { subject, args, changed }: Sample): boolean {
  return [args, changed].some((its) => subject.found(sandbox.tenant, its).length > 0);
}
