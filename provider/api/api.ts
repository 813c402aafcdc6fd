import type { z } from "zod";
import { isGone, ResponseError } from "../errors";
import type { Loadable } from "./collections";
import { Effort } from "./effort";
import { type Background, eventually } from "./eventually";
import { hiddenError } from "./hidden-error";
import { ownScopes } from "./own-scopes";
import type { Path, Query } from "./path";
import { demandOf, mayNeed, mayWrite, needing, type Permission, requireLater, scopesHere } from "./permission";
import { idAt, parsed } from "./reading";
import type { Secrets } from "./redact";
import { baseOf, placed, readOpenly, sent } from "./requests";
import type { Scope } from "./scopes";
import { type Given, type Shared, sharedBy, sharedInside } from "./shared";
import type { ApiRequest, SignedSend } from "./token";

/** What many resources ask of the tenant alike, such as the list of its APIs; some are asked for with a key. */
export type Collection<T> = Loadable<T, Api>;

/** The tenant's management APIs: paths in, validated values out, typed errors on the way up. */
export class Api {
  private constructor(
    private readonly shared: Shared<Api>,
    private readonly permission: Permission,
  ) {}

  /** `base` is what comes before a path such as `/api/server/v1/…`, without a slash at its end. */
  static over(send: SignedSend, base: string, secrets: Secrets, given: Given = {}): Api {
    return new Api(sharedBy(send, base, secrets, given), { access: "view", needs: [], optional: [] });
  }

  /** The base URL of the tenant, or of the organization that this client works in: its OAuth endpoints are below it. */
  get base(): string {
    return baseOf(this.shared);
  }

  /** The id of the organization of the tenant that this client works in; undefined where that is the tenant itself. */
  get organization(): string | undefined {
    return this.shared.inside?.organization;
  }

  /** The bootstrap client: the application that has it must not be harmed. */
  get clientId(): string {
    return this.shared.clientId;
  }

  /** The same API with the permission of one operation. */
  permitted(permission: Permission): Api {
    return new Api(this.shared, { effort: new Effort(), ...permission });
  }

  /** The same API for requests that need more scopes than the rest of the operation. */
  needing(...scopes: Scope[]): Api {
    return this.permitted(needing(this.permission, scopes));
  }

  /** The same API for requests that need more scopes where the server knows them: they are named when it refuses. */
  mayNeed(...scopes: Scope[]): Api {
    return this.permitted(mayNeed(this.permission, scopes));
  }

  /**
   * The client of an organization of the tenant, by its id. Paths and scopes are given as for the tenant: what is sent goes
   * to the path below `/o`, with a token that was switched to the organization and has the scopes of organizations.
   */
  inOrganization(organization: string): Api {
    const tenant = this.shared.inside?.tenant ?? this;
    return new Api(sharedInside(this.shared, { organization, tenant }), this.permission);
  }

  /**
   * Tells what an operation or a look-up of the program has to do with: the tokens of this process ask for these scopes
   * from now on. As long as nobody tells anything, they ask for all that the package knows. `ever` is what the like of it
   * may need in a later run.
   */
  inUse(scopes: Iterable<Scope>, ever: Iterable<Scope> = scopes): void {
    this.shared.inUse.add(this.here(scopes), this.here(ever));
  }

  /** These scopes as they are called where this client works; without those of what there is not. */
  here(scopes: Iterable<Scope>): Scope[] {
    return scopesHere(scopes, this.shared);
  }

  /** The scopes that this program may need, now or later: without them, the bootstrap client would be of no use to it. */
  get scopesInUse(): readonly Scope[] {
    return this.shared.inUse.ever;
  }

  /** Whether this is about a change of the tenant: one that is made, or one that is looked ahead of. */
  get mayWrite(): boolean {
    return mayWrite(this.permission);
  }

  /**
   * Fails, without a request to the API, where the bootstrap client lacks a scope for this operation. Ahead of a write, its
   * own application is asked for the scopes to write, where the program has to do with applications anyway.
   */
  async ready(): Promise<void> {
    const { permission, shared } = this;
    await shared.send.require(demandOf(permission, shared));
    // What an organization's copy of it may do follows from the application of the tenant.
    await requireLater(permission, shared, () => (shared.inside?.tenant ?? this).kept(ownScopes));
  }

  async get<S extends z.ZodType>(path: Path, schema: S, query?: Query): Promise<z.infer<S>> {
    return parsed(schema, await this.send("GET", path, undefined, query), this.what("GET", path));
  }

  /** Reads what the tenant shows to everybody, such as its discovery document: no token goes with the request. */
  async getPublic<S extends z.ZodType>(path: Path, schema: S): Promise<z.infer<S>> {
    return parsed(schema, await readOpenly(this.shared, path), `GET ${path.text}`);
  }

  /** Undefined where the server proved that there is no such object, by the code of the object itself. */
  async find<S extends z.ZodType>(path: Path, schema: S, query?: Query): Promise<z.infer<S> | undefined> {
    try {
      return await this.get(path, schema, query);
    } catch (error) {
      if (isGone(error, path.text)) return undefined;
      throw error;
    }
  }

  /**
   * Creates an object and answers its id, which the server tells by the `Location` header alone. Without an id there, the
   * answer counts as lost: the object may have been made.
   */
  async create(path: Path, body: unknown): Promise<string> {
    const { headers } = await this.send("POST", path, body);
    const id = idAt(path, headers.location);
    if (!id)
      throw new ResponseError(
        `${this.what("POST", path)}: the answer has no Location header that leads to a new object by its id, so the id is unknown`,
      );
    return id;
  }

  async post(path: Path, body: unknown): Promise<void> {
    await this.send("POST", path, body);
  }

  async postAndRead<S extends z.ZodType>(path: Path, body: unknown, schema: S): Promise<z.infer<S>> {
    return parsed(schema, await this.send("POST", path, body), this.what("POST", path));
  }

  async put(path: Path, body: unknown): Promise<void> {
    await this.send("PUT", path, body);
  }

  async patch(path: Path, body: unknown): Promise<void> {
    await this.send("PATCH", path, body);
  }

  /** Deletes an object. That it is gone already is an error: the lifecycle proves it. */
  async delete(path: Path): Promise<void> {
    await this.send("DELETE", path);
  }

  /** Deletes a part of an object. One that is gone already, by a code of its own, counts as deleted. */
  async deletePart(path: Path): Promise<void> {
    try {
      await this.delete(path);
    } catch (error) {
      if (!isGone(error, path.text)) throw error;
    }
  }

  /** Something of the tenant, asked for once in this process. */
  kept<T>(collection: Collection<T>, key = ""): Promise<T> {
    return this.shared.collections.get(collection, this, key);
  }

  /** The same as it is now: the answer that was kept is dropped, and this one is kept. */
  afresh<T>(collection: Collection<T>, key = ""): Promise<T> {
    this.drop(collection, key);
    return this.kept(collection, key);
  }

  /** Forgets a collection that a write has made stale. */
  drop<T>(collection: Collection<T>, key = ""): void {
    this.shared.collections.drop(collection, key);
  }

  /**
   * Runs the work of all callers with the same key one after the other. The server reads, copies and writes a whole
   * application at every change, so of two changes at once the later one would undo the other.
   */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.shared.queues.inTurn(key, work);
  }

  /** Waits until something has come about that the server does in the background after its answer, such as a 202. */
  eventually<T>(background: Background<T>): Promise<T> {
    return eventually(this.shared.waiting, background);
  }

  /** Hides this value in every message from now on. */
  keepSecret(value: string | undefined): void {
    this.shared.secrets.add(value);
  }

  /** A text for the user that may have words of others in it, such as the name of an object: without a secret. */
  hidden(text: string): string {
    return this.shared.secrets.hide(text);
  }

  /** The same error, without a secret in what it says. */
  hiddenError<T>(error: T): T {
    return hiddenError(error, this.shared.secrets);
  }

  private send(method: ApiRequest["method"], path: Path, body?: unknown, query?: Query) {
    return sent(this.shared, this.permission, method, path, body, query);
  }

  private what(method: ApiRequest["method"], path: Path): string {
    return `${method} ${placed(path, this.shared)}`;
  }
}
