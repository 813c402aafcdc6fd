import type { Properties } from "../../provider/core/clean";
import { nameProperty } from "../../provider/core/hidden-members";
import { Managed, type Step } from "../support/managed";
import type { Declared, Program } from "./declared";
import type { Provider } from "./provider";
import { type How, RunError, type Saved } from "./saved";

/** A resource that is about to be brought to its args. */
interface Planned {
  readonly declared: Declared;
  readonly managed: Linked;
  readonly args: Properties;
  readonly step: Step;
}

/** As Pulumi's engine does, deletes what hangs on an object before the object, where it has to be made anew. */
class Linked extends Managed {
  dependents: () => Promise<void> = async () => undefined;

  override async destroy(): Promise<void> {
    await this.dependents();
    await super.destroy();
  }
}

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A stack as Pulumi's engine keeps and drives it. */
export class Stack {
  /** By name, in the order in which they were made, so what a resource needs comes before it. */
  saved = new Map<string, Saved>();
  /** Old objects of resources that have a new one already: they are deleted at the end of a run. */
  outdated: Saved[] = [];
  /** The names of the resources to which the user has added `adopt: true`. */
  readonly adopt = new Set<string>();

  /** What a preview finds wrong. */
  async preview(provider: Provider, program: Program, { forced = [] }: How = {}): Promise<RunError[]> {
    const found: RunError[] = [];
    const anew = new Set<string>();
    const deleted = new Set<string>();
    for (const declared of program) {
      const isForced = forced.includes(declared.name);
      const isRecreated = this.hangsOn(provider, declared, program, deleted);
      const managed = isRecreated ? new Linked(provider(declared.type)) : this.managed(provider, declared);
      try {
        const step = await managed.plan(this.argsOf(declared, program, anew), isForced);
        if (step === "create" || step === "replace") anew.add(declared.name);
        if (isRecreated || (step === "replace" && (!isForced || declared.deleteBeforeReplace)))
          deleted.add(declared.name);
      } catch (error) {
        found.push(new RunError(declared, error));
      }
    }
    return found;
  }

  /** `pulumi up`; answers what it did, by name. A failure ends it, and what came before stays done. */
  async up(provider: Provider, program: Program, how: How = {}): Promise<Map<string, Step>> {
    const did = new Map<string, Step>();
    try {
      for (let waiting = program; waiting.length > 0; waiting = waiting.filter(({ name }) => !did.has(name))) {
        const isReady = ({ refs, after = [] }: Declared) =>
          [...Object.values(refs).map(({ of }) => of), ...after].every(
            (of) => !waiting.some(({ name }) => name === of),
          );
        await this.allOf(provider, program, waiting.filter(isReady), how, did);
      }
    } finally {
      const isDone = ([name]: [string, Saved]) => did.has(name);
      const order = program.map(({ name }) => name);
      const done = [...this.saved].filter(isDone).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
      this.saved = new Map([...done, ...[...this.saved].filter((entry) => !isDone(entry))]);
    }
    await this.destroyOutdated(provider);
    const gone = [...this.saved.keys()].filter((name) => !program.some((declared) => declared.name === name));
    await this.destroyAll(provider, gone);
    return did;
  }

  /** Checks resources and carries them out. Where one fails, what is under way comes to its end. */
  private async allOf(
    provider: Provider,
    program: Program,
    ready: Program,
    { forced = [], isParallel = false }: How,
    did: Map<string, Step>,
  ): Promise<void> {
    const failures: unknown[] = [];
    const work = async (one: Planned) => {
      try {
        did.set(one.declared.name, await this.carryOut(provider, one, forced));
      } catch (error) {
        failures.push(error);
      }
    };
    const planned: Planned[] = [];
    const running: Promise<void>[] = [];
    for (const declared of ready) {
      if (failures.length > 0) break;
      const managed = this.managed(provider, declared);
      managed.dependents = () => this.destroyDependents(provider, declared, program);
      const args = this.argsOf(declared, program);
      try {
        const one = { declared, managed, args, step: await managed.plan(args, forced.includes(declared.name)) };
        if (isParallel) running.push(work(one));
        else planned.push(one);
      } catch (error) {
        failures.push(new RunError(declared, error));
      }
    }
    const late = [...failures];
    await Promise.all(running);
    // What has passed its own check is under way already where the check of another one fails.
    for (const one of planned) if (failures.length === late.length) await work(one);
    if (failures.length > 0) throw failures[0];
  }

  private async carryOut(
    provider: Provider,
    { declared, managed, args, step }: Planned,
    forced: readonly string[],
  ): Promise<Step> {
    const old = this.savedOf(declared);
    const isCreatedFirst = step === "replace" && forced.includes(declared.name) && !declared.deleteBeforeReplace;
    if (!old || !isCreatedFirst) return this.noted(declared, managed, () => managed.carryOut(args, step));
    const fresh = new Linked(provider(declared.type));
    try {
      await this.noted(declared, fresh, () => fresh.carryOut(args, "create"));
    } finally {
      if (fresh.id === undefined) this.saved.set(declared.name, old);
      else this.outdated.push(old);
    }
    return step;
  }

  async refresh(provider: Provider): Promise<void> {
    for (const { declared } of [...this.saved.values()]) {
      const managed = this.managed(provider, declared);
      await this.noted(declared, managed, async () => {
        await managed.refresh();
        // The engine forgets that an object is half-made where a read of it succeeds.
        managed.incomplete = false;
      });
    }
  }

  /** Deletes resources, the last one first; all of them unless told. */
  async destroyAll(provider: Provider, names: readonly string[] = [...this.saved.keys()]): Promise<void> {
    for (const { declared } of [...this.saved.values()].reverse()) {
      if (!names.includes(declared.name)) continue;
      const managed = this.managed(provider, declared);
      await this.noted(declared, managed, () => managed.destroy());
    }
  }

  private async destroyOutdated(provider: Provider): Promise<void> {
    for (const old of [...this.outdated].reverse()) {
      const managed = Object.assign(new Linked(provider(old.declared.type)), { id: old.id, state: old.state });
      await managed.destroy().catch((error: unknown) => Promise.reject(new RunError(old.declared, error)));
      this.outdated = this.outdated.filter((other) => other !== old);
    }
  }

  private async destroyDependents(provider: Provider, declared: Declared, program: Program): Promise<void> {
    const names = [declared.name, declared.alias];
    for (const saved of [...this.saved.values()].reverse()) {
      const wanted = program.find(({ name }) => name === saved.declared.name) ?? saved.declared;
      if (this.hangsOn(provider, wanted, program, new Set(names.filter((name) => name !== undefined)))) {
        await this.destroyAll(provider, [saved.declared.name]);
      }
    }
  }

  /** Whether a resource in state has to be made anew because those are whose value it has. */
  private hangsOn(provider: Provider, declared: Declared, program: Program, anew: ReadonlySet<string>): boolean {
    const saved = this.savedOf(declared);
    const refs = Object.entries(declared.refs).filter(([, { of, isText }]) => anew.has(of) && !isText);
    if (!saved || refs.length === 0) return false;
    const args = { ...this.argsOf(declared, program), ...Object.fromEntries(refs.map(([arg]) => [arg, unknown])) };
    return provider(declared.type).diff(saved.id, saved.state, args).replaces.length > 0;
  }

  /** What is in state of a resource, be it under its old name. */
  private savedOf({ name, alias = "" }: Declared): Saved | undefined {
    return this.saved.get(name) ?? this.saved.get(alias);
  }

  private managed(provider: Provider, declared: Declared): Linked {
    const saved = this.savedOf(declared);
    const managed = new Linked(provider(declared.type));
    if (saved) {
      const { id, state, inputs, incomplete } = saved;
      Object.assign(managed, { id, state, inputs, incomplete });
    }
    return managed;
  }

  /** Does something with a resource; whatever comes of it, the state has what is known then. */
  private async noted<T>(declared: Declared, managed: Managed, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof RunError ? error : new RunError(declared, error);
    } finally {
      const { id, state, inputs, incomplete } = managed;
      if (!this.saved.has(declared.name)) this.saved.delete(declared.alias ?? "");
      if (id === undefined) this.saved.delete(declared.name);
      else this.saved.set(declared.name, { declared, id, state, inputs, incomplete });
    }
  }

  private argsOf({ name, args, refs }: Declared, program: Program, anew?: ReadonlySet<string>): Properties {
    const given = Object.entries(refs).map(([arg, { of, give }]) => {
      const target = program.find((one) => one.name === of);
      const id = target && !anew?.has(of) ? this.savedOf(target)?.id : undefined;
      return [arg, (give === "id" ? id : target?.args[give]) ?? unknown];
    });
    const adopt = this.adopt.has(name) && { adopt: true };
    return { ...args, ...Object.fromEntries(given), ...adopt, [nameProperty]: name };
  }
}
