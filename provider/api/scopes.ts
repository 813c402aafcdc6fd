/** How an operation uses the tenant: a token for `view` never carries a scope that can change anything. */
export type Access = "view" | "write";

/** A management API as the console has it. */
export interface ManagementApi {
  /** Its name in the console. */
  readonly console: string;
  /** The scopes that the provider uses, and whether they let somebody read or change: no name tells that. */
  readonly scopes: Readonly<Record<string, Access>>;
}

/** The management APIs that the provider calls, by their identifiers. */
export const managementApis = {
  "/api/server/v1/applications": {
    console: "Application Management API",
    scopes: {
      internal_application_mgt_view: "view",
      internal_application_mgt_create: "write",
      internal_application_mgt_update: "write",
      internal_application_mgt_delete: "write",
      internal_application_mgt_client_secret_view: "view",
      internal_application_mgt_client_secret_create: "write",
      internal_application_mgt_client_secret_delete: "write",
      internal_application_internal_api_update: "write",
      internal_application_business_api_update: "write",
    },
  },
  "/api/server/v1/applications/(.*)/authenticationSequence/script": {
    console: "Application Authentication Script Management API",
    scopes: { internal_application_script_update: "write" },
  },
  "/api/server/v1/api-resources": {
    console: "API Resource Management API",
    scopes: {
      internal_api_resource_view: "view",
      internal_api_resource_create: "write",
      internal_api_resource_update: "write",
      internal_api_resource_delete: "write",
    },
  },
} as const satisfies Readonly<Record<string, ManagementApi>>;

type ScopesOf<Apis> = Apis extends { readonly scopes: infer Scopes } ? keyof Scopes : never;

/** A scope of a management API. */
export type Scope = ScopesOf<(typeof managementApis)[keyof typeof managementApis]>;

/** What a table of management APIs says about scopes. */
export class ScopeTable {
  /** All scopes, each once. */
  readonly all: readonly Scope[];

  constructor(private readonly apis: Readonly<Record<string, ManagementApi>>) {
    this.all = [...new Set(Object.values(apis).flatMap(({ scopes }) => Object.keys(scopes) as Scope[]))];
  }

  /** The API resources that have a scope: to be authorized for any of them is enough. */
  apisOf(scope: Scope): readonly { identifier: string; console: string }[] {
    const found = Object.entries(this.apis).filter(([, { scopes }]) => scope in scopes);
    if (found.length === 0) throw new Error(`no management API has the scope ${scope}`);
    return found.map(([identifier, { console }]) => ({ identifier, console }));
  }

  /** Whether a token for this access may carry the scope. */
  allows(access: Access, scope: Scope): boolean {
    return access === "write" || Object.values(this.apis).some(({ scopes }) => scopes[scope] === "view");
  }

  /** Whether it counts inside an organization of the tenant: the API resources of those begin with `/o/`. */
  isOfOrganizations(scope: Scope): boolean {
    return this.apisOf(scope).some(({ identifier }) => identifier.startsWith("/o/"));
  }
}

/** The table of this package. */
export const scopeTable = new ScopeTable(managementApis);

/** All that tokens may ever be asked for. What they are asked for follows from what is in use. */
export const asked: Readonly<Record<Access, readonly Scope[]>> = {
  view: scopeTable.all.filter((scope) => scopeTable.allows("view", scope)),
  write: scopeTable.all,
};
