import { isDeepStrictEqual } from "node:util";
import type { PulumiProject } from "../support/pulumi";
import type { Declared, Program } from "./declared";
import { isObject } from "./json";
import { keyOf } from "./program";
import { RunError, type Saved } from "./saved";
import { tellUser } from "./user";
import type { World } from "./world";

type Resources = NonNullable<Awaited<ReturnType<PulumiProject["state"]>>["deployment"]["resources"]>;

const isSame = (a: Declared, b: Declared) => a.type === b.type && isDeepStrictEqual(a.args, b.args);

/** What one of the providers of a program has: that of the tenant, or that of an organization. */
export class CliSide {
  /** The program that was deployed before, if that went well, and what it has made. */
  private before: Program = [];
  private deployed: readonly Saved[] = [];
  private readonly forced: string[] = [];
  /** What the state has, by name, and the names that the program does not have. */
  private readonly urns = new Map<string, string>();
  private left: readonly string[] = [];

  constructor(
    readonly world: World,
    private readonly isOwn: (name: string) => boolean,
  ) {}

  /** The urns of those resources, as far as they are in the state. */
  urnsOf(names: readonly string[]): string[] {
    return names.flatMap((name) => this.urns.get(name) ?? []);
  }

  /** Adopts what a program has under other names than before, as a preview of it advises; answers how many there are. */
  adoptRenamed(program: Program): number {
    const isRenamed = (one: Declared) =>
      one.alias === undefined &&
      !this.before.some(({ name }) => name === one.name) &&
      this.before.some((old) => isSame(old, one));
    const names = program.filter(isRenamed).map(({ name }) => name);
    this.adopt(names);
    return names.length;
  }

  adopt(names: readonly string[]): void {
    for (const name of names) if (this.isOwn(name)) this.world.stack.adopt.add(name);
  }

  force(names: readonly string[]): void {
    this.forced.push(...names);
  }

  /** What is deployed before the run that is killed. */
  remember(program: Program): void {
    this.before = program;
    this.deployed = [...this.world.stack.saved.values()];
  }

  /** What a run says of each resource that is in trouble. */
  errorsIn(output: string): RunError[] {
    const diagnostics = output.slice(output.indexOf("\nDiagnostics:"));
    const blocks = diagnostics.split(/^ {2}(?=\S+ \(\S+\):$)/m);
    return blocks.flatMap((block) => {
      const [, name] = /^\S+ \((\S+)\):/.exec(block) ?? [];
      const declared = this.world.program.find((one) => one.name === name);
      return declared ? [new RunError(declared, new Error(block))] : [];
    });
  }

  tell(output: string): void {
    for (const error of this.errorsIn(output)) tellUser(this.world, error);
  }

  /** Objects that are declared as before under whatever name, and are others now; and what is left in the state. */
  lost(): string[] {
    const now = [...this.world.stack.saved.values()];
    const others = this.deployed.flatMap(({ declared, id, state }) => {
      const { program } = this.world;
      const wanted = program.find((one) => keyOf(one) !== undefined && isSame(declared, one));
      const found = now.find((one) => one.declared.name === wanted?.name);
      // What names one that was made anew by its id, such as a role its application, is made anew with it.
      const anew = [wanted?.name, ...Object.values(wanted?.refs ?? {}).map(({ of }) => of)];
      if (!wanted || !found || this.forced.some((name) => anew.includes(name))) return [];
      const isKept = found.id === id && found.state.clientId === state.clientId;
      return isKept ? [] : [`${declared.name} was ${id}, and ${wanted.name} is ${found.id}`];
    });
    return [...others, ...this.left.map((name) => `${name} is still in the state`)];
  }

  /** Takes what the state has of it. */
  read(resources: Resources): void {
    const { stack, program } = this.world;
    stack.saved.clear();
    this.urns.clear();
    const left: string[] = [];
    for (const { urn, id, outputs = {}, inputs = {} } of resources) {
      const name = urn.split("::").at(-1) ?? "";
      if (id === undefined || !urn.includes("dynamic/asgardeo:") || !this.isOwn(name)) continue;
      this.urns.set(name, urn);
      const declared = program.find((one) => one.name === name);
      if (!declared) left.push(name);
      else {
        const plain = Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, plainOf(value)]));
        stack.saved.set(declared.name, { declared, id, state: plain, inputs, incomplete: false });
      }
    }
    this.left = left;
  }
}

/** A secret stands in the exported state as an object with its JSON. */
function plainOf(value: unknown): unknown {
  return isObject(value) && typeof value.plaintext === "string" ? JSON.parse(value.plaintext) : value;
}
