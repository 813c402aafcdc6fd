import { type Access, type Scope, type ScopeTable, scopeTable } from "./scopes";

/**
 * The scopes that a process has to do with, by what it does to resources of which types, and by its look-ups. They are
 * what its tokens ask for. Where nobody says what is in use, that is everything.
 */
export class ScopesInUse {
  private noted: Set<Scope> | undefined;
  private possible: Set<Scope> | undefined;

  constructor(readonly table: ScopeTable = scopeTable) {}

  /** Adds what one more operation or look-up asks for; `possible` is all that the like of it may ever ask for. */
  add(scopes: Iterable<Scope>, possible: Iterable<Scope> = scopes): void {
    this.noted = new Set([...(this.noted ?? []), ...scopes]);
    this.possible = new Set([...(this.possible ?? []), ...possible]);
  }

  /** Notes what a request turned out to need, unless everything is in use anyway. */
  met(scopes: readonly Scope[]): void {
    if (this.noted && scopes.length > 0) this.add(scopes);
  }

  /** All of them, in the order of the table. */
  get all(): readonly Scope[] {
    return this.among(this.noted);
  }

  /** What this process or a later one may need, in the order of the table. */
  get ever(): readonly Scope[] {
    return this.among(this.possible);
  }

  /** Those that a token for this access may carry: of the tenant itself, or inside an organization of it. */
  of(access: Access, inOrganization: boolean): readonly Scope[] {
    const { table } = this;
    return this.all.filter((scope) => table.allows(access, scope) && table.isOfOrganizations(scope) === inOrganization);
  }

  private among(some: ReadonlySet<Scope> | undefined): readonly Scope[] {
    return this.table.all.filter((scope) => some === undefined || some.has(scope));
  }
}
