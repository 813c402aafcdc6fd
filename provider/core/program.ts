import type { Properties } from "./clean";
import { hasUnknown } from "./unknown";

/** What the run does to a resource of the program, as far as its diff has told. */
type Fate = "not told yet" | "stays" | "changes" | "is replaced";

/** A resource of the program, as far as this process has been told of it. Values of args may be unknown. */
export interface Declared {
  readonly type: string;
  /** The name of the resource in the program. */
  readonly name: string | undefined;
  /** What the program said before. Absent for a new resource, and for one that is replaced by force. */
  old: Properties | undefined;
  args: Properties;
  /** The id of its object. Absent while there is none, or none that this process knows of. */
  id: string | undefined;
  fate: Fate;
  /** The id of the object that it is to take over, where it is. */
  adopts: string | undefined;
  /** Whether something is still to be done to it in this run, so that what refers to it has to wait. */
  isPending: boolean;
}

/** An object that this run has deleted, with what its state held. */
export interface Deleted {
  readonly id: string;
  /** The name of its resource in the program. */
  readonly name: string | undefined;
  readonly state: Properties;
}

/** How long a resource waits for another one that it refers to, and whose turn has surely come. */
const longestWait = 60_000;

/**
 * What this process knows of the program: what it declares, and what has become of it. Pulumi tells a provider of one
 * resource at a time, and never of the end; so what is not in here may still come.
 */
export class Program {
  private readonly declared: Declared[] = [];
  private readonly made = new Set<string>();
  private readonly moved = new Set<string>();
  private readonly replacing = new Set<string>();
  private readonly lost = new Set<string>();
  private readonly deleted: (Deleted & { readonly type: string })[] = [];
  private listeners: (() => void)[] = [];

  /** Notes what is declared. Answers another resource that has declared the same object before, where there is one. */
  declare(one: Pick<Declared, "type" | "name" | "old" | "args">, keys: readonly string[]): Declared | undefined {
    const same = this.declared.find(({ type, args }) => type === one.type && isSameKey(keys, args, one.args));
    const isOther = same !== undefined && same.name !== undefined && one.name !== undefined && same.name !== one.name;
    if (isOther) return same;
    if (same) {
      // While a resource is being replaced, Pulumi shows it a second time, as if it were new.
      Object.assign(same, { args: one.args, old: one.old ?? same.old, isPending: true });
    } else {
      this.forget(one, keys);
      this.declared.push({ ...one, id: undefined, adopts: undefined, fate: "not told yet", isPending: true });
    }
    this.tell();
    return undefined;
  }

  /** Notes which object a declared resource has, and what becomes of it. */
  identify(type: string, keys: readonly string[], args: Properties, id: string, fate: Fate): void {
    const found = this.declaredAs(type, keys, args);
    if (!found) return;
    found.id = id;
    found.fate = fate;
    found.isPending = fate !== "stays";
    this.tell();
  }

  /** Notes which object a declared resource is to take over. */
  noteAdoption(type: string, keys: readonly string[], args: Properties, id: string): void {
    const found = this.declaredAs(type, keys, args);
    if (found) found.adopts = id;
  }

  /** The resource of the program that an arg means: by its id, or by the value of its natural key. */
  find(type: string, key: string | undefined, given: string): Declared | undefined {
    return this.all(type).find(({ id, args }) => id === given || (key !== undefined && args[key] === given));
  }

  /** Whether this process has been told of no resource that the program declares, as in a destroy. */
  get isEmpty(): boolean {
    return this.declared.length === 0;
  }

  all(type: string): Declared[] {
    return this.declared.filter((each) => each.type === type);
  }

  /** The first resource of a type for which this is true, now or within the time. */
  async eventually(type: string, isIt: (one: Declared) => boolean, within: number): Promise<Declared | undefined> {
    const until = performance.now() + within;
    for (;;) {
      const found = this.all(type).find(isIt);
      const left = until - performance.now();
      if (found || left <= 0) return found;
      await this.change(left);
    }
  }

  /** Notes the end of a write to a declared resource, good or bad: others may wait for it. */
  end(type: string, keys: readonly string[], args: Properties, id: string | undefined): void {
    const one = this.declaredAs(type, keys, args);
    if (!one) return;
    one.id = id ?? one.id;
    one.isPending = false;
    one.fate = "stays";
    this.tell();
  }

  /** Waits until what is to be done to a declared resource is done; not for ever, since it may never be. */
  async settled(one: Declared): Promise<void> {
    const until = performance.now() + longestWait;
    while (one.isPending && performance.now() < until) await this.change(until - performance.now());
  }

  /** Whether this object is about to make place for another one of the same resource. */
  isReplacing(type: string, id: string): boolean {
    return this.replacing.has(`${type} ${id}`);
  }

  /** Notes an object that makes place for another one. Pulumi may ask for it before it shows the resource. */
  noteReplacing(type: string, id: string): void {
    this.replacing.add(`${type} ${id}`);
  }

  /** Notes an object that this run has made: it has nothing but what this run gives it. */
  noteMade(type: string, id: string): void {
    this.made.add(`${type} ${id}`);
  }

  isMade(type: string, id: string): boolean {
    return this.made.has(`${type} ${id}`);
  }

  /** Notes that a part of an object, such as a scope of an API, has gone over to another object in this run. */
  noteMoved(id: string, part: string): void {
    this.moved.add(`${id} ${part}`);
  }

  isMoved(id: string, part: string): boolean {
    return this.moved.has(`${id} ${part}`);
  }

  /** Notes that this run has taken something away that others may still have: from one owner, or from all. */
  noteLost(part: string, owner = ""): void {
    this.lost.add(`${owner} ${part}`);
  }

  /** Whether this run has taken it away from this owner, or from all. */
  isLost(part: string, owner = ""): boolean {
    return this.lost.has(`${owner} ${part}`) || this.lost.has(` ${part}`);
  }

  /** Notes an object that this run has deleted: it may be about to be made anew. */
  noteDeleted(type: string, deleted: Deleted): void {
    this.deleted.push({ ...deleted, type });
    for (const one of this.all(type)) if (one.id === deleted.id) one.id = undefined;
  }

  /** The object that was deleted to make place for this one: of the same natural key, or of the same resource. */
  deletedBefore(type: string, keys: readonly string[], args: Properties): Deleted | undefined {
    const name = this.declaredAs(type, keys, args)?.name;
    return this.deleted.find(
      (each) => each.type === type && (isSameKey(keys, each.state, args) || (name !== undefined && each.name === name)),
    );
  }

  /** In a process that sees several runs, what a resource was before is no resource of its own. */
  private forget({ type, name, old }: Pick<Declared, "type" | "name" | "old">, keys: readonly string[]): void {
    if (!old) return;
    const i = this.declared.findIndex(
      (each) => each.type === type && each.name === name && isSameKey(keys, each.args, old),
    );
    if (i >= 0) this.declared.splice(i, 1);
  }

  private declaredAs(type: string, keys: readonly string[], args: Properties): Declared | undefined {
    return this.declared.find((each) => each.type === type && isSameKey(keys, each.args, args));
  }

  private tell(): void {
    const all = this.listeners;
    this.listeners = [];
    for (const listener of all) listener();
  }

  private change(within: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, within);
      timer.unref();
      this.listeners.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function isSameKey(keys: readonly string[], a: Properties, b: Properties): boolean {
  return keys.every((key) => a[key] !== undefined && !hasUnknown(a[key]) && a[key] === b[key]);
}
