import type { Sandbox } from "../../sandbox/index";
import type { Managed } from "../support/managed";
import type { Subject } from "./subjects";

/** An operation of Pulumi's on one resource, and what has to be there before it. */
export interface Operation {
  prepare(resource: Managed, subject: Subject, sandbox: Sandbox): Promise<void>;
  run(resource: Managed, subject: Subject): Promise<unknown>;
  /** Whether the preparation is a part of the same run, so that what it has learned is known. */
  readonly goesOn?: true;
}

const nothing = async () => undefined;
const made: Operation["prepare"] = async (resource, { args }) => void (await resource.apply(args));
const found: Operation["prepare"] = (_, { exists }, sandbox) => exists(sandbox);
/** Made, and deleted by somebody else. */
const lost: Operation["prepare"] = async (resource, subject, sandbox) => {
  await made(resource, subject, sandbox);
  wipe(sandbox);
};

const seeds = ["Console", "My Account", "Bootstrap Client", "Target"];

/** Deletes what operations have made. */
export function wipe({ tenant }: Sandbox): void {
  tenant.applications = tenant.applications.filter(({ name }) => seeds.includes(name));
  tenant.apiResources = tenant.apiResources.filter(({ identifier }) => identifier !== "https://fuzzed.example/orders");
  for (const application of tenant.applications) if (application.name === "Target") application.authorizations = [];
}

/** Look-ahead, create, adopt, read, look-up, update and delete, each of which may find what it did not expect. */
export const operations: Readonly<Record<string, Operation>> = {
  "look-ahead": { prepare: nothing, run: (resource, { args }) => resource.preview(args) },
  "look-ahead at an adoption": {
    prepare: found,
    run: (resource, { args }) => resource.preview({ ...args, adopt: true }),
  },
  "look-ahead at a taken one": { prepare: found, run: (resource, { args }) => resource.preview(args) },
  "look-ahead at a change": { prepare: made, run: (resource, { changed }) => resource.preview(changed) },
  create: { prepare: nothing, run: (resource, { args }) => resource.apply(args) },
  "create after a look": {
    goesOn: true,
    prepare: async (resource, { args }) => void (await resource.preview(args)),
    run: (resource, { args }) => resource.apply(args),
  },
  "create of a taken one": { prepare: found, run: (resource, { args }) => resource.apply(args) },
  adoption: { prepare: found, run: (resource, { args }) => resource.apply({ ...args, adopt: true }) },
  read: { prepare: made, run: (resource) => resource.refresh() },
  "read of a lost one": { prepare: lost, run: (resource) => resource.refresh() },
  "look-up": {
    prepare: async (resource, subject, sandbox) => {
      await made(resource, subject, sandbox);
      resource.state = {};
      resource.inputs = {};
    },
    run: (resource) => resource.refresh(),
  },
  update: { prepare: made, run: (resource, { changed }) => resource.apply(changed) },
  "update of a lost one": { prepare: lost, run: (resource, { changed }) => resource.apply(changed) },
  delete: { prepare: made, run: (resource) => resource.destroy() },
  "delete of a lost one": { prepare: lost, run: (resource) => resource.destroy() },
};

/** Whether the object is in the tenant. */
export function isThere({ tenant }: Sandbox, { type }: Subject): boolean {
  if (type === "Application") return tenant.applications.some(({ name }) => name.startsWith("Fuzzed"));
  if (type === "ApiResource") return tenant.apiResources.some(({ name }) => name.startsWith("Fuzzed"));
  return tenant.applications.some(({ name, authorizations }) => name === "Target" && authorizations.length > 0);
}
