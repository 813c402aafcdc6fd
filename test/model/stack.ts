import type { Clock } from "../../provider/api/clock";
import { connect } from "../../provider/connect";
import type { Properties } from "../../provider/core/clean";
import type { Lifecycle } from "../../provider/core/lifecycle";
import { Run } from "../../provider/core/run";
import { settingsFrom } from "../../provider/settings";
import type { Sandbox } from "../../sandbox/index";
import { lifecyclesOn, Managed, type Step, type TypeName } from "../support/managed";
import { settingsOf } from "../support/settings";
import type { Declared, Program } from "./declared";

/** A provider process: it knows nothing of the earlier ones. */
export type Provider = (type: TypeName) => Lifecycle;

/** Pauses take no time. */
function hurriedClock(): Clock {
  let skipped = 0;
  return {
    now: () => performance.now() + skipped,
    sleep: async (milliseconds) => {
      skipped += milliseconds;
    },
    random: () => 0.5,
  };
}

export function providerOn(sandbox: Sandbox, say: (text: string) => void = () => undefined): Provider {
  const api = connect(
    settingsFrom(() => undefined, settingsOf(sandbox)),
    { clock: hurriedClock() },
  );
  return lifecyclesOn({ api: () => api, run: new Run(say, 100), isReadOnly: () => false });
}

/** A run that ended at a resource. */
export class RunError extends Error {
  constructor(
    readonly resource: Declared,
    override readonly cause: unknown,
  ) {
    super(`${resource.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** What is in Pulumi's state of a resource. */
export interface Saved {
  readonly declared: Declared;
  readonly id: string;
  readonly state: Properties;
  readonly inputs: Properties;
  readonly incomplete: boolean;
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

/** A stack as Pulumi's engine keeps and drives it, one resource after the other. */
export class Stack {
  /** In the order in which they were made, so what a resource needs comes before it. */
  readonly saved = new Map<string, Saved>();
  /** The resources to which the user has added `adopt: true`. */
  readonly adopt = new Set<string>();

  /** What a preview finds wrong, by resource. */
  async preview(provider: Provider, program: Program): Promise<RunError[]> {
    const found: RunError[] = [];
    for (const declared of program) {
      const args = this.argsOf(declared, program);
      const reasons = await this.managed(provider, declared)
        .preview(args)
        .catch((error: unknown) => Promise.reject(new RunError(declared, error)));
      if (reasons.length > 0) found.push(new RunError(declared, new Error(reasons.join("\n"))));
    }
    return found;
  }

  /** `pulumi up`; answers what it did. A failure ends it, and what came before stays done. */
  async up(provider: Provider, program: Program): Promise<Step[]> {
    const steps: Step[] = [];
    for (const declared of program) {
      const managed = this.managed(provider, declared);
      managed.dependents = () => this.destroyDependents(provider, declared.name, program);
      steps.push(await this.noted(declared, managed, () => managed.up(this.argsOf(declared, program))));
    }
    const gone = [...this.saved.keys()].filter((name) => !program.some((declared) => declared.name === name));
    await this.destroyAll(provider, gone);
    return steps;
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

  async destroyAll(provider: Provider, names: readonly string[] = [...this.saved.keys()]): Promise<void> {
    for (const { declared } of [...this.saved.values()].reverse()) {
      if (!names.includes(declared.name)) continue;
      const managed = this.managed(provider, declared);
      await this.noted(declared, managed, () => managed.destroy());
    }
  }

  private async destroyDependents(provider: Provider, name: string, program: Program): Promise<void> {
    for (const { declared, id, state } of [...this.saved.values()].reverse()) {
      const ref = Object.entries(declared.refs).find(([, { of }]) => of === name);
      if (!ref) continue;
      const wanted = program.find((one) => one.name === declared.name) ?? declared;
      const args = { ...this.argsOf(wanted, program), [ref[0]]: unknown };
      if (provider(declared.type).diff(id ?? "", state, args).replaces.length > 0) {
        await this.destroyAll(provider, [declared.name]);
      }
    }
  }

  private managed(provider: Provider, { name, type }: Declared): Linked {
    const saved = this.saved.get(name);
    const managed = new Linked(provider(type));
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
      const before = this.saved.get(declared.name);
      if (id === undefined) this.saved.delete(declared.name);
      else {
        // A new object comes behind what it needs, which may be new as well.
        if (before && before.id !== id) this.saved.delete(declared.name);
        this.saved.set(declared.name, { declared, id, state, inputs, incomplete });
      }
    }
  }

  private argsOf({ name, args, refs }: Declared, program: Program): Properties {
    const given = Object.entries(refs).map(([arg, { of, give }]) => {
      const target = program.find((one) => one.name === of);
      const known = give === "id" ? this.saved.get(of)?.id : target?.args[give];
      return [arg, known ?? unknown];
    });
    return { ...args, ...Object.fromEntries(given), ...(this.adopt.has(name) && { adopt: true }) };
  }
}
