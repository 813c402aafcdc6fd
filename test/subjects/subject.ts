import type fc from "fast-check";
import type { z } from "zod";
import type { Sandbox, Tenant } from "../../sandbox/index";
import type { Declared, Program } from "../model/declared";
import type { Saved } from "../model/saved";
import type { World } from "../model/world";
import type { TypeName } from "../support/managed";

export type Args = Readonly<Record<string, unknown>>;

/** One type of resource, with all that the tests of every type need to know of it. Paths are whole. */
export interface Subject {
  readonly type: TypeName;
  readonly schema: z.ZodType;
  readonly outputs: readonly string[];
  /** Where one is made; `*` stands for an id. */
  readonly creation: string;
  /** Where the one with an id is. */
  path(id: string): string;
  /** Set where one list is the only proof that an object is there, so that a list without it is to be believed. */
  readonly isKnownByListAlone?: true;
  /** The paths that read and write one, where they are not its own: it is written by POST, to paths without its id. */
  readonly servedAt?: RegExp;
  /** Set where a change of one that is gone makes it again. */
  readonly isMadeAgainByChange?: true;

  /** Args of an object that does not exist; each call answers others. What they refer to is made in the console. */
  args(sandbox: Sandbox): Promise<Args>;
  /** Args that the server never shows, so that a look-up by id does not have them. */
  readonly unreadable?: readonly string[];
  /** The same object with so little declared that one request makes it. */
  least(args: Args): Args;
  /** The same object, changed in place. */
  changed(args: Args): Args;
  /** The same object with a change for which it is replaced; absent where everything changes in place. */
  replaced?(args: Args): Args;
  /** The properties that the engine is told of then; none where everything changes in place. */
  readonly replaces: readonly string[];
  /** The same object with all kinds of args at once, and a change of many of them in place. */
  rich(args: Args): { readonly args: Args; readonly changed: Args };
  /** Outputs that an object made of `args` has. */
  readonly madeOutputs: readonly string[];
  /** Args that are wrong, and how the reasons begin. */
  readonly wrong: Args;
  readonly failures: readonly string[];
  /** Args with values that are not known before the run. */
  readonly unknown: Args;

  /** Set where the natural key is all that a program says of one, so that one that exists is always as declared. */
  readonly isKeyAlone?: true;
  /** Makes, in the console, an object with the natural key of these args that is otherwise not as they say. */
  exists(sandbox: Sandbox, args: Args): Promise<void>;
  /** The ids of all objects with the natural key of these args. */
  found(tenant: Tenant, args: Args): string[];

  readonly inStories: InStories;
}

/** What the model test needs to know of a type. */
export interface InStories {
  /** By what the tenant knows one; undefined for a link between two others. */
  key(args: Args): string | undefined;
  /** Resources of this type for a program that has those of the types before it. */
  readonly declared: fc.Arbitrary<(earlier: Program) => readonly Declared[]>;
  /** In what the tenant is not as declared. */
  differences(world: World, declared: Declared, saved: Saved): Promise<string[]>;
  /** The objects that are no part of the tenant itself, and have a key. */
  objects(tenant: Tenant): readonly { readonly id: string; readonly key: string }[];
  /** What somebody may do to them in the console, by name. */
  readonly edits: Readonly<Record<string, Edit>>;
  /** The names of the edits that bring the most about. */
  readonly drastic: readonly string[];
}

/** Something that somebody does in the console; where there is nothing to do it to, it does nothing. */
export type Edit = (world: World, pick: number) => Promise<void>;

/** Makes something in the console, and answers its id where the server tells one. */
export async function postedByConsole(sandbox: Sandbox, path: string, body: unknown): Promise<string | undefined> {
  const { status, id } = await sandbox.console("POST", path, body);
  if (status > 299) throw new Error(`POST ${path}: ${status}`);
  return id;
}

/** The same where it has an id. */
export async function madeByConsole(sandbox: Sandbox, path: string, body: unknown): Promise<string> {
  const id = await postedByConsole(sandbox, path, body);
  if (id === undefined) throw new Error(`POST ${path}: no id`);
  return id;
}

/** One of a list, by a number of any size. */
export function chosen<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(list.length, 1)];
}
