import type { Plain } from "../../core/schema";
import type { OrganizationArgs } from "../organization.args";

type Args = Partial<Plain<OrganizationArgs>>;

/** One operation of a PATCH. */
interface Operation {
  readonly operation: "ADD" | "REPLACE" | "REMOVE";
  readonly path: string;
  readonly value?: string;
}

/**
 * What brings an organization from how it is to `args`, in one PATCH. What was declared in `old` and is not any more goes to
 * the server's default; attributes that were never declared stay.
 */
export function operationsTo(args: Args, old: Args, live: Args): Operation[] {
  const description = args.description ?? (old.description === undefined ? undefined : "");
  const status = args.status ?? (old.status === undefined ? undefined : "ACTIVE");
  return [
    ...(args.name !== undefined && args.name !== live.name ? [replaced("/name", args.name)] : []),
    ...(description !== undefined && description !== (live.description ?? "") ? [described(description)] : []),
    ...attributes(args.attributes ?? {}, old.attributes ?? {}, live.attributes ?? {}),
    ...(status !== undefined && status !== (live.status ?? "ACTIVE") ? [replaced("/status", status)] : []),
  ];
}

function replaced(path: string, value: string): Operation {
  return { operation: "REPLACE", path, value };
}

/** The server refuses a value without a letter. */
function described(description: string): Operation {
  const path = "/description";
  return description === "" ? { operation: "REMOVE", path } : replaced(path, description);
}

type Attributes = Readonly<Record<string, string>>;

function attributes(wanted: Attributes, old: Attributes, live: Attributes): Operation[] {
  const path = (key: string) => `/attributes/${key}`;
  const has = (all: Attributes, key: string) => Object.hasOwn(all, key);
  const changed = Object.entries(wanted).filter(([key, value]) => !has(live, key) || live[key] !== value);
  const gone = Object.keys(old).filter((key) => !has(wanted, key) && has(live, key));
  return [
    // ADD replaces the value of a key that is there; REPLACE refuses one that is not.
    ...changed.map(([key, value]): Operation => ({ operation: "ADD", path: path(key), value })),
    ...gone.map((key): Operation => ({ operation: "REMOVE", path: path(key) })),
  ];
}
