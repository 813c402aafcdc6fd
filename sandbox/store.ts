import type { Collection, Deletable } from "./collection";
import { collections } from "./collections";
import type { ApiResource } from "./models/api-resource";
import type { Application } from "./models/application";
import { organizationIdOf } from "./organization-id";
import { stripLost } from "./role/coupling";
import type { Tenant } from "./tenant";

/** The tenant of a running sandbox, with what keeps it: a file, if it has one. */
export class Store {
  constructor(
    readonly tenant: Tenant,
    private readonly keep?: (tenant: Tenant) => void,
  ) {}

  /** The id of the tenant's own organization. */
  get organizationId(): string {
    return organizationIdOf(this.tenant);
  }

  application(id: string): Application | undefined {
    return this.tenant.applications.find((application) => application.id === id);
  }

  /** Puts a new version of an application in the place of the old one; its roles lose what it is not authorized to any more. */
  replaceApplication(application: Application): void {
    const index = this.tenant.applications.findIndex(({ id }) => id === application.id);
    const before = this.tenant.applications[index];
    if (!before) return;
    this.tenant.applications[index] = application;
    stripLost(this, before, application);
  }

  clientOwner(clientId: string): Application | undefined {
    return this.tenant.applications.find((application) => application.oidc?.clientId === clientId);
  }

  apiResource(id: string): ApiResource | undefined {
    return this.tenant.apiResources.find((api) => api.id === id);
  }

  /** The names of the scopes that an application is authorized to, each once. */
  authorizedScopes(application: Application): Set<string> {
    const names = application.authorizations.flatMap(({ apiId, scopeIds }) =>
      (this.apiResource(apiId)?.scopes ?? []).filter(({ id }) => scopeIds.includes(id)).map(({ name }) => name),
    );
    return new Set(names);
  }

  /** Takes what hangs on deleted objects out of every collection: the database does this by cascade. */
  forget(from: Deletable, deleted: readonly { readonly id: string }[]): void {
    const ids = new Set(deleted.map(({ id }) => id));
    for (const { forget } of Object.values<Collection<unknown>>(collections)) forget?.[from]?.(this.tenant, ids);
  }

  /**
   * Makes a change and keeps it: as a whole, or, where it cannot be kept, not at all. Whatever refuses a change comes
   * before it, and what follows from it outside of the tenant, such as the end of tokens, behind it.
   */
  change(make: () => void): void {
    if (!this.keep) {
      make();
      return;
    }
    const before = JSON.stringify(this.tenant);
    try {
      make();
      this.keep(this.tenant);
    } catch (error) {
      Object.assign(this.tenant, JSON.parse(before));
      throw error;
    }
  }
}
