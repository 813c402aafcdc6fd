import { type Access, type Scope, type ScopeTable, scopeTable } from "./scopes";

/**
 * The scopes that a process has to do with, by the resource types and look-ups that its program uses. They are what its
 * tokens ask for. Where nobody says what is in use, that is everything.
 */
export class ScopesInUse {
  private noted: Set<Scope> | undefined;

  constructor(readonly table: ScopeTable = scopeTable) {}

  /** Adds what one more type or look-up has to do with. */
  add(scopes: Iterable<Scope>): void {
    this.noted = new Set([...(this.noted ?? []), ...scopes]);
  }

  /** Notes what a request turned out to need, unless everything is in use anyway. */
  met(scopes: readonly Scope[]): void {
    if (this.noted && scopes.length > 0) this.add(scopes);
  }

  /** All of them, in the order of the table. */
  get all(): readonly Scope[] {
    return this.table.all.filter((scope) => this.noted === undefined || this.noted.has(scope));
  }

  /** Those that a token for this access may carry: of the tenant itself, or inside an organization of it. */
  of(access: Access, inOrganization: boolean): readonly Scope[] {
    const { table } = this;
    return this.all.filter((scope) => table.allows(access, scope) && table.isOfOrganizations(scope) === inOrganization);
  }
}
