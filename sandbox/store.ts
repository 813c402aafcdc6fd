import type { Collection, Deletable } from "./collection";
import { collections } from "./collections";
import type { ApiResource } from "./models/api-resource";
import type { Application } from "./models/application";
import { spaceOf } from "./organization/space";
import { rootOf } from "./organization/tree";
import { stripLost } from "./role/coupling";
import { copyAsRoot } from "./sharing/copy";
import { copyRoles } from "./sharing/role-copies";
import type { Tenant } from "./tenant";

/** The tenant of a running sandbox, with what keeps it: a file, if it has one. Or the inside of an organization of it. */
export class Store {
  constructor(
    readonly tenant: Tenant,
    private readonly keep?: (tenant: Tenant) => void,
    /** Where this is the inside of an organization: that organization, and the store of the whole tenant. */
    private readonly place?: { readonly organizationId: string; readonly root: Store },
  ) {}

  /** The store of the whole tenant. */
  get root(): Store {
    return this.place?.root ?? this;
  }

  /** The organization that this is the inside of: below the tenant, or the tenant's own. */
  get organizationId(): string {
    return this.place?.organizationId ?? rootOf(this.tenant).id;
  }

  /** Whether this is an organization below the tenant. */
  get isBelow(): boolean {
    return this.place !== undefined;
  }

  /** The inside of an organization. */
  of(organizationId: string): Store {
    const { root } = this;
    if (organizationId === root.organizationId) return root;
    return new Store(spaceOf(root.tenant, organizationId), undefined, { organizationId, root });
  }

  /** All organizations below the tenant, from inside. */
  below(): Store[] {
    return Object.keys(this.root.tenant.inside).map((id) => this.of(id));
  }

  application(id: string): Application | undefined {
    return this.tenant.applications.find((application) => application.id === id);
  }

  /**
   * Puts a new version of an application in the place of the old one: its roles lose what it is not authorized to any
   * more, and its copies in organizations follow it.
   */
  replaceApplication(application: Application): void {
    const index = this.tenant.applications.findIndex(({ id }) => id === application.id);
    const before = this.tenant.applications[index];
    if (!before) return;
    this.tenant.applications[index] = application;
    stripLost(this, before, application);
    if (this.isBelow) return;
    for (const inside of this.below()) {
      for (const copy of inside.tenant.applications) {
        if (copy.sharedFrom === application.id) inside.replaceApplication(copyAsRoot(copy, application));
      }
    }
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
    if (this.isBelow) return;
    for (const inside of this.below()) {
      const { applications } = inside.tenant;
      const copies = applications.filter(({ sharedFrom }) => sharedFrom !== undefined && ids.has(sharedFrom));
      for (const copy of copies) applications.splice(applications.indexOf(copy), 1);
      if (copies.length > 0) inside.forget("applications", copies);
      // What the organizations see of the tenant is gone for them, too.
      inside.forget(from, deleted);
    }
  }

  /**
   * Makes a change and keeps it: as a whole, or, where it cannot be kept, not at all. Whatever refuses a change comes
   * before it, and what follows from it outside of the tenant, such as the end of tokens, behind it.
   */
  change(make: () => void): void {
    if (this.place) {
      this.place.root.change(make);
      return;
    }
    const makeAll = () => {
      make();
      copyRoles(this.tenant);
    };
    if (!this.keep) {
      makeAll();
      return;
    }
    const before = JSON.stringify(this.tenant);
    try {
      makeAll();
      this.keep(this.tenant);
    } catch (error) {
      Object.assign(this.tenant, JSON.parse(before));
      throw error;
    }
  }
}
