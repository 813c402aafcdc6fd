import { type Sandbox, type Server, startSandbox } from "../../sandbox/index";
import { at, type Bag, isBag } from "./bag";
import type { Program } from "./program";
import { type RunError, type Saved, Stack } from "./stack";

/** A value that somebody has set in the console, and that the program leaves to the server. */
export interface ByHand {
  /** The object, or its OAuth client. */
  readonly path: string;
  readonly clientId: string | undefined;
  readonly owner: string;
  /** Where the console shows it. */
  readonly member: string;
  readonly value: unknown;
  /** The args by which a program would have a say in it. */
  readonly args: readonly string[];
}

/** A tenant, a stack on it, and what the user and others have done there. */
export class World {
  readonly stack = new Stack();
  /** What the program has last tried to be. */
  program: Program = [];
  /** The objects that others have made in the console. */
  readonly others = new Set<string>();
  byHand: ByHand[] = [];
  /** What failed runs have said. */
  readonly told: RunError[] = [];
  /** What was created without success, or left the state as was said, while reads were stale: nobody can find it then. */
  readonly inDoubt = new Set<string>();
  private readonly granted: readonly unknown[];

  private constructor(readonly sandbox: Sandbox) {
    this.granted = structuredClone(this.bootstrap?.authorizations ?? []);
  }

  static async make(server: Server = "asgardeo"): Promise<World> {
    return new World(await startSandbox({ server }));
  }

  private get bootstrap() {
    const { applications, bootstrap } = this.sandbox.tenant;
    return applications.find(({ id }) => id === bootstrap);
  }

  /** Gives the bootstrap client back what it has lost, as a user does who reads the message. */
  restoreBootstrap(): void {
    const { bootstrap } = this;
    if (bootstrap) Object.assign(bootstrap, { authorizations: structuredClone(this.granted) });
  }

  async console(method: string, path: string, body?: unknown): Promise<{ id: string | undefined; body: Bag }> {
    const answer = await this.sandbox.console(method, `/api/server/v1${path}`, body);
    if (answer.status >= 500) throw new Error(`the console got ${answer.status} for ${method} ${path}`);
    return { id: answer.status < 300 ? answer.id : undefined, body: isBag(answer.body) ? answer.body : {} };
  }

  /** The applications and APIs that are no part of the tenant itself. */
  objects(): { id: string; key: string; path: string }[] {
    const { applications, apiResources, bootstrap } = this.sandbox.tenant;
    return [
      ...applications
        .filter(({ id, system }) => !system && id !== bootstrap)
        .map(({ id, name }) => ({ id, key: name, path: `/applications/${id}` })),
      ...apiResources
        .filter(({ type }) => type === "BUSINESS")
        .map(({ id, identifier }) => ({ id, key: identifier, path: `/api-resources/${id}` })),
    ];
  }

  /** Those that neither the state knows nor anybody else has made. */
  unknown() {
    const ours = new Set([...this.stack.saved.values()].map(({ id }) => id));
    return this.objects().filter(({ id }) => !ours.has(id) && !this.others.has(id));
  }

  savedOf(id: string): Saved | undefined {
    return [...this.stack.saved.values()].find((saved) => saved.id === id);
  }

  /** Whether the state or the program says something of it. */
  isDeclared(owner: string, args: readonly string[]): boolean {
    const saved = this.savedOf(owner);
    const declared = this.program.find(({ name }) => name === saved?.declared.name);
    return [saved?.state, saved?.inputs, declared?.args].some((said) =>
      args.some((arg) => at(said, arg) !== undefined),
    );
  }

  /** Forgets what the program has a say in by now, what went with its object, and what a stale read may have undone. */
  async forgetOvertaken(hasStaleReads: boolean): Promise<void> {
    const left: ByHand[] = [];
    for (const entry of hasStaleReads ? [] : this.byHand) {
      const isThere = this.objects().some(({ id }) => id === entry.owner);
      if (!isThere || this.isDeclared(entry.owner, entry.args)) continue;
      const { body } = await this.console("GET", entry.path);
      if (entry.clientId === undefined || body.clientId === entry.clientId) left.push(entry);
    }
    this.byHand = left;
  }
}
