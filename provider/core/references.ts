import type { Api } from "../api/api";
import { inOneLine } from "../visible";
import { type Failure, nearMiss } from "./check";
import type { Properties } from "./clean";
import { nameOf } from "./naming";
import type { Declared, Program } from "./program";
import type { Run } from "./run";
import { hasUnknown, isUnknown } from "./unknown";

/** An object of the tenant that an arg refers to. */
export interface Target {
  readonly id: string;
  /** What it is, for messages: `the API "Orders API" (id …)`. */
  readonly what: string;
  /** The names of its parts that can be referred to. */
  parts?(): Promise<readonly string[]>;
}

/** An arg that names an object of another resource, and perhaps parts of it in another arg. */
export interface Reference {
  /** The arg that names the object, or a list of objects: by id, or by natural key. */
  readonly arg: string;
  /** The type of the object. */
  readonly type: string;
  /** The arg of the object that is its natural key, where it may be named by it. */
  readonly key?: string;
  /** The output that holds the object's id. Where the object gets another one, this resource is replaced. */
  readonly idOutput?: string;
  /** What an object of this type is called in messages: `API`. */
  readonly word: string;
  readonly parts?: Parts;
  /** The object in the tenant, where it is none of the program's; or what is wrong with the value of the arg. */
  find(api: Api, run: Run, given: string): Promise<Target | { readonly problem: string }>;
}

/** Parts of an object, such as the scopes of an API, that are referred to by their names. */
export interface Parts {
  /** The arg that has the names. */
  readonly arg: string;
  /** The arg of the object that declares them: a list of objects, each with a name in `name`. */
  readonly of: string;
  /** What a part is called in messages: `scope`. */
  readonly word: string;
}

/** The resources of this program that these args refer to. */
export function targetsOf(
  references: readonly Reference[],
  program: Program,
  args: Properties,
): { reference: Reference; target: Declared }[] {
  return references.flatMap((reference) =>
    valuesOf(reference, args).flatMap(({ value }) => {
      const target = named(reference, program, value);
      return target ? [{ reference, target }] : [];
    }),
  );
}

function targetOf(reference: Reference, program: Program, args: Properties): Declared | undefined {
  const given = args[reference.arg];
  return typeof given === "string" ? named(reference, program, given) : undefined;
}

function named({ type, key }: Reference, program: Program, given: string): Declared | undefined {
  return isUnknown(given) ? undefined : program.find(type, key, given);
}

/** The values of an arg that names objects, each with its place: one, or a list of them. Those not known yet are left out. */
function valuesOf({ arg }: Reference, args: Properties): { value: string; place: string }[] {
  const given = args[arg];
  const all: readonly unknown[] = Array.isArray(given) ? given : [given];
  return all.flatMap((value, i) => {
    if (typeof value !== "string" || isUnknown(value)) return [];
    return [{ value, place: Array.isArray(given) ? `${arg}[${i}]` : arg }];
  });
}

/**
 * What is wrong with what these args refer to. An object of this program has what the program declares, whatever it has at
 * this moment, and costs no request. The tenant is asked for all others, and only where something changes.
 */
export async function referenceFailures(
  references: readonly Reference[],
  run: Run,
  args: Properties,
  tenant: Api | undefined,
): Promise<Failure[]> {
  const all = references.map(async (reference) => {
    const target = targetOf(reference, run.program, args);
    const declared = target && reference.parts ? declaredParts(target, reference.parts) : undefined;
    if (target && (declared || !reference.parts || target.id === undefined)) {
      return declared && reference.parts ? missing(reference.parts, args, declared, whatIs(reference, target)) : [];
    }
    return tenant ? inTenant(reference, args, tenant, run) : [];
  });
  return (await Promise.all(all)).flat();
}

/** Undefined where the program does not manage them, or where not all of them are known yet. */
function declaredParts({ args }: Declared, { of }: Parts): string[] | undefined {
  const list = args[of];
  if (!Array.isArray(list) || hasUnknown(list)) return undefined;
  return list.map((part: { name?: unknown }) => String(part?.name));
}

/** `the API "Orders API" of this program (resource "orders")` */
export function whatIs({ word }: Pick<Reference, "word">, { name, args }: Declared): string {
  const called = nameOf(args);
  return `the ${word}${called === undefined ? "" : ` ${JSON.stringify(called)}`} of this program${name === undefined ? "" : ` (resource "${name}")`}`;
}

async function inTenant(reference: Reference, args: Properties, api: Api, run: Run): Promise<Failure[]> {
  const all = valuesOf(reference, args).map(({ value, place }) => inTenantAt(reference, args, api, run, value, place));
  return (await Promise.all(all)).flat();
}

async function inTenantAt(
  reference: Reference,
  args: Properties,
  api: Api,
  run: Run,
  given: string,
  place: string,
): Promise<Failure[]> {
  if (Array.isArray(args[reference.arg]) && named(reference, run.program, given)) return [];
  const found = await reference.find(api, run, given);
  if ("problem" in found) return [{ property: reference.arg, reason: `${place}: ${found.problem}` }];
  if (!reference.parts || !found.parts) return [];
  const failures = missing(reference.parts, args, await found.parts(), found.what);
  return failures.map(({ property, reason }) => ({ property, reason: `${reason}. ${orderAdvice(reference)}` }));
}

/** Pulumi may show a resource before the one that it refers to, unless it does so by an output. */
function orderAdvice({ arg, word }: Reference): string {
  return `Where this program declares that ${word}, name it by an output of its resource (\`${arg}: resource.id\`), so that it comes first.`;
}

/** The names, by their places, of parts that are not there. Those that are not known yet are let be. */
export function missing({ arg, word }: Parts, args: Properties, known: readonly string[], owner: string): Failure[] {
  const has = known.length === 0 ? `it has no ${word}s` : `its ${word}s are ${known.map(inOneLine).join(", ")}`;
  const names = Array.isArray(args[arg]) ? (args[arg] as readonly unknown[]) : [];
  return names.flatMap((name, i) => {
    if (typeof name !== "string" || isUnknown(name) || known.includes(name)) return [];
    const reason = `${arg}[${i}]: ${owner} has no ${word} \`${name}\`${nearMiss(name, known)} (${has})`;
    return [{ property: arg, reason }];
  });
}

/** The args that name an object, by whether it is the one that this resource has by its state. */
interface Compared {
  /** What the resource had is lost on the server: the object is another one by now, or is about to be. */
  readonly moved: readonly string[];
  /** The same object, be it by its id in the place of its natural key. */
  readonly same: readonly string[];
}

/** Compares what the args name in this program with what the outputs in state say. */
export function comparedTargets(
  references: readonly Reference[],
  program: Program,
  args: Properties,
  outputs: Properties,
): Compared {
  const all = references.flatMap((reference) => {
    const target = targetOf(reference, program, args);
    const known = reference.idOutput === undefined ? undefined : outputs[reference.idOutput];
    return target && known !== undefined ? [{ arg: reference.arg, isSame: isSame(target, known) }] : [];
  });
  const those = (wanted: boolean) => all.filter((each) => each.isSame === wanted).map(({ arg }) => arg);
  return { moved: those(false), same: those(true) };
}

/** Undefined where it is not told yet. */
function isSame({ id, old, adopts, fate }: Declared, known: unknown): boolean | undefined {
  if (fate === "is replaced") return false;
  if (id !== undefined) return id === known;
  return old === undefined && adopts !== known ? false : undefined;
}

/** Whether a part that this resource has by its state was taken away from its object, and is being added again. */
export function hasLostParts(
  references: readonly Reference[],
  program: Program,
  args: Properties,
  before: Properties,
): boolean {
  return targetsOf(references, program, args).some(({ reference: { parts }, target }) => {
    if (!parts || !target.old) return false;
    const had = declaredParts({ ...target, args: target.old }, parts);
    const has = declaredParts(target, parts);
    const held = before[parts.arg];
    if (!had || !has || !Array.isArray(held)) return false;
    return has.some((name) => !had.includes(name) && held.includes(name));
  });
}
