import { type Sandbox, type Server, startSandbox, type Tenant } from "../../sandbox/index";
import { allSubjects } from "../subjects/index";
import { isInside, withoutInside } from "../support/paths";
import type { Declared, Program } from "./declared";
import { at, isObject, type JsonObject, withoutSharing } from "./json";
import { isInOrganizations } from "./program";
import { type Provider, providerOn } from "./provider";
import type { RunError, Saved } from "./saved";
import { Stack } from "./stack";

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

/** A tenant or an organization of it, a stack on it, and what the user and others have done there. */
export class World {
  readonly stack = new Stack();
  /** What the program has last tried to be. */
  program: Program = [];
  /** The objects that others have made in the console. */
  readonly others = new Set<string>();
  /** The organizations that nobody touches, since stories go on inside of them. */
  readonly kept = new Set<string>();
  byHand: ByHand[] = [];
  /** How often something was changed in the console. */
  edits = 0;
  /** What failed runs have said. */
  readonly told: RunError[] = [];
  /** What was created without success, or left the state as was said, while reads were stale: nobody can find it then. */
  readonly inDoubt = new Set<string>();
  private readonly granted: readonly unknown[];

  /** With the id of an organization, it is all there is inside of that: its paths are those of the tenant. */
  constructor(
    readonly sandbox: Sandbox,
    readonly organization?: string,
  ) {
    this.granted = structuredClone(this.bootstrap?.authorizations ?? []);
  }

  static async make(server: Server = "asgardeo"): Promise<World> {
    return new World(await startSandbox({ server }));
  }

  /** What the tenant has, or the organization. */
  get tenant(): Tenant {
    const { tenant } = this.sandbox;
    return this.organization === undefined ? tenant : { ...tenant, ...tenant.inside[this.organization] };
  }

  /** The provider of a run. */
  provider(say: (text: string) => void = () => undefined): Provider {
    return providerOn(this.sandbox, this.organization, say);
  }

  /** A name of an object here, which is none of those in the tenant: copies of what that shares are among the others. */
  named(name: string): string {
    return this.organization === undefined ? name : `${name} inside`;
  }

  /** The paths of the requests since the first so many, with their methods: of those here, or of those elsewhere. */
  requests(since: number, where: "here" | "elsewhere" = "here"): { method: string; path: string; status: number }[] {
    const isHere = (path: string) => isInside(path) === (this.organization !== undefined);
    return this.sandbox.requests
      .slice(since)
      .filter(({ path }) => isHere(path) === (where === "here"))
      .map(({ method, path, status }) => ({ method, path: withoutInside(path), status }));
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

  /** Does something in the console. The path is whole. */
  async console(method: string, path: string, body?: unknown): Promise<{ id: string | undefined; body: JsonObject }> {
    const inside = this.organization === undefined ? "" : `/o/${this.organization}`;
    const answer = await this.sandbox.console(method, inside + path, body);
    if (method !== "GET" && answer.status < 300) this.edits++;
    if (answer.status >= 500) throw new Error(`the console got ${answer.status} for ${method} ${path}`);
    return { id: answer.status < 300 ? answer.id : undefined, body: isObject(answer.body) ? answer.body : {} };
  }

  /** The objects that are no part of the tenant itself. */
  objects(): { id: string; key: string; path: string }[] {
    const all = this.organization === undefined ? allSubjects : allSubjects.filter(isInOrganizations);
    return all.flatMap(({ inStories, path }) =>
      inStories.objects(this.tenant).map(({ id, key }) => ({ id, key, path: path(id) })),
    );
  }

  /** Those that neither the state knows nor anybody else has made. */
  unknown() {
    const ours = new Set([...this.stack.saved.values()].map(({ id }) => id));
    return this.objects().filter(({ id }) => !ours.has(id) && !this.others.has(id));
  }

  /** What is in state of an object: under the name that the program has for it, where it has two. */
  savedOf(id: string): Saved | undefined {
    const all = [...this.stack.saved.values()].filter((saved) => saved.id === id);
    return all.find((saved) => this.declaredOf(saved)) ?? all[0];
  }

  private declaredOf(saved: Saved): Declared | undefined {
    return this.program.find(({ name }) => name === saved.declared.name);
  }

  /** Whether the state or the program says something of it. */
  isDeclared(owner: string, args: readonly string[]): boolean {
    const saved = this.savedOf(owner);
    return [saved?.state, saved?.inputs, saved && this.declaredOf(saved)?.args].some((said) =>
      args.some((arg) => at(said, arg) !== undefined),
    );
  }

  /** Notes what has been set by hand: from now on it stays as it is, unless the program has a say in it. */
  async note(owner: string, path: string, member: string, args: readonly string[]): Promise<void> {
    this.byHand = this.byHand.filter((entry) => entry.path !== path || entry.member !== member);
    if (this.isDeclared(owner, args)) return;
    const { body } = await this.console("GET", path);
    const clientId = path.endsWith("/oidc") ? String(body.clientId) : undefined;
    this.byHand.push({ owner, path, clientId, member, value: withoutSharing(at(body, member)), args });
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
