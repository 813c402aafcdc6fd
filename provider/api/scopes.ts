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
  "/scim2/Roles": {
    console: "SCIM2 Roles API",
    scopes: {
      internal_role_mgt_view: "view",
      internal_role_mgt_create: "write",
      internal_role_mgt_update: "write",
      internal_role_mgt_delete: "write",
      internal_role_mgt_permissions_update: "write",
      internal_role_mgt_users_update: "write",
      internal_role_mgt_groups_update: "write",
    },
  },
  "/scim2/Groups": {
    console: "SCIM2 Groups API",
    scopes: {
      internal_group_mgt_view: "view",
      internal_group_mgt_create: "write",
      internal_group_mgt_update: "write",
      internal_group_mgt_delete: "write",
    },
  },
  "/scim2/Users": {
    console: "SCIM2 Users API",
    scopes: {
      internal_user_mgt_list: "view",
      internal_user_mgt_view: "view",
      internal_user_mgt_create: "write",
      internal_user_mgt_update: "write",
      internal_user_mgt_delete: "write",
    },
  },
  "/api/server/v1/organizations": {
    console: "Organization Management API",
    scopes: {
      internal_organization_view: "view",
      internal_organization_create: "write",
      internal_organization_update: "write",
      internal_organization_delete: "write",
    },
  },
  "/api/server/v1/applications/share": {
    console: "Shared Application Management API",
    scopes: {
      internal_shared_application_view: "view",
      internal_shared_application_create: "write",
      internal_shared_application_delete: "write",
    },
  },
  "/api/server/v1/async-operations": {
    console: "Asynchronous Operations API",
    scopes: { internal_async_operation_status_view: "view" },
  },
  // The same APIs for the organizations of the tenant, with scopes of their own.
  "/o/api/server/v1/applications": {
    console: "Application Management API",
    scopes: {
      internal_org_application_mgt_view: "view",
      internal_org_application_mgt_create: "write",
      internal_org_application_mgt_update: "write",
      internal_org_application_mgt_delete: "write",
      internal_org_application_mgt_client_secret_view: "view",
      internal_org_application_mgt_client_secret_create: "write",
      internal_org_application_internal_api_update: "write",
      internal_org_application_business_api_update: "write",
      internal_org_application_script_update: "write",
    },
  },
  "/o/api/server/v1/api-resources": {
    console: "API Resource Management API",
    scopes: { internal_org_api_resource_view: "view" },
  },
  "/o/api/server/v1/organizations": {
    console: "Organization Management API",
    scopes: {
      internal_org_organization_view: "view",
      internal_org_organization_create: "write",
      internal_org_organization_update: "write",
      internal_org_organization_delete: "write",
    },
  },
  "/o/scim2/Roles": {
    console: "SCIM2 Roles API",
    scopes: {
      internal_org_role_mgt_view: "view",
      internal_org_role_mgt_create: "write",
      internal_org_role_mgt_update: "write",
      internal_org_role_mgt_delete: "write",
      internal_org_role_mgt_permissions_update: "write",
      internal_org_role_mgt_users_update: "write",
      internal_org_role_mgt_groups_update: "write",
    },
  },
  "/o/scim2/Groups": {
    console: "SCIM2 Groups API",
    scopes: {
      internal_org_group_mgt_view: "view",
      internal_org_group_mgt_create: "write",
      internal_org_group_mgt_update: "write",
      internal_org_group_mgt_delete: "write",
    },
  },
  "/o/scim2/Users": {
    console: "SCIM2 Users API",
    scopes: {
      internal_org_user_mgt_list: "view",
      internal_org_user_mgt_view: "view",
      internal_org_user_mgt_create: "write",
      internal_org_user_mgt_update: "write",
      internal_org_user_mgt_delete: "write",
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

  /**
   * The scope that lets somebody do the same inside an organization of the tenant. Undefined where the server has no such
   * thing there.
   */
  inOrganization(scope: Scope): Scope | undefined {
    if (this.isOfOrganizations(scope)) return scope;
    const name = scope.replace(/^internal_/, "internal_org_");
    return this.all.find((each) => each === name);
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
