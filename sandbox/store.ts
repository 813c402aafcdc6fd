import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { z } from "zod";
import { type ApiResource, apiResourceRecord } from "./models/api-resource";
import { type Application, applicationRecord } from "./models/application";
import { codeOf, reasonOf } from "./reason";
import { servers } from "./versions";

const oidcScope = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string().optional(),
  claims: z.array(z.string()),
});

const tenantRecord = z.strictObject({
  format: z.literal(1),
  organization: z.string(),
  server: z.enum(servers),
  /** The id of the application whose client the sandbox prints at its start. */
  bootstrap: z.string(),
  /** The key that the next API resource gets. */
  nextKey: z.int(),
  applications: z.array(applicationRecord),
  apiResources: z.array(apiResourceRecord),
  oidcScopes: z.array(oidcScope),
});

/** Everything a tenant remembers. Access tokens are not part of it: they end with the process. */
export type Tenant = z.infer<typeof tenantRecord>;
export type OidcScope = z.infer<typeof oidcScope>;

/** A state file that cannot be read or written, in a sentence that names it. */
export class StateError extends Error {
  constructor(file: string, what: string, options?: ErrorOptions) {
    super(`The state file ${file} ${what}`, options);
    this.name = "StateError";
  }
}

/** The tenant in a state file; undefined if there is no such file yet. */
export function loadTenant(file: string): Tenant | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new StateError(file, `cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new StateError(file, "is damaged: it is not JSON. It was left as it is.", { cause: error });
  }
  const parsed = tenantRecord.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? issue.path.join(".") : "the whole";
  throw new StateError(file, `is damaged: ${where}: ${issue?.message}. It was left as it is.`);
}

/** The tenant of a running sandbox, with its file. */
export class Store {
  constructor(
    readonly tenant: Tenant,
    private readonly file?: string,
  ) {}

  application(id: string): Application | undefined {
    return this.tenant.applications.find((application) => application.id === id);
  }

  /** Puts a new version of an application in the place of the old one. */
  replaceApplication(application: Application): void {
    const index = this.tenant.applications.findIndex(({ id }) => id === application.id);
    if (index >= 0) this.tenant.applications[index] = application;
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

  /** Takes scopes that no longer exist out of every application: the database does this by cascade. */
  forgetScopes(apiId: string, scopeIds: ReadonlySet<string>): void {
    for (const application of this.tenant.applications) {
      for (const authorization of application.authorizations) {
        if (authorization.apiId === apiId) {
          authorization.scopeIds = authorization.scopeIds.filter((id) => !scopeIds.has(id));
        }
      }
    }
  }

  /** Takes an API that no longer exists out of every application, as the database does. */
  forgetApiResource(id: string): void {
    for (const application of this.tenant.applications) {
      application.authorizations = application.authorizations.filter(({ apiId }) => apiId !== id);
    }
  }

  /** Writes the tenant to its file: into a new file first, so that a crash never leaves half a tenant. */
  save(): void {
    if (this.file === undefined) return;
    const temporary = `${this.file}.${process.pid}.${randomUUID()}.tmp`;
    try {
      const descriptor = openSync(temporary, "wx", 0o600);
      try {
        writeSync(descriptor, `${JSON.stringify(this.tenant, null, 1)}\n`);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(temporary, this.file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw new StateError(this.file, `cannot be written: ${reasonOf(error)}`, { cause: error });
    }
  }
}
