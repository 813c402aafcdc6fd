import * as pulumi from "@pulumi/pulumi";
import { Provider } from "../../provider";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/index";

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** What a program tells its user. An engine would show it; without one, Pulumi's SDK writes it to the console. */
export const told = jest.spyOn(pulumi.log, "info");
beforeEach(() => {
  told.mockReset().mockResolvedValue(undefined);
});

/** A tenant that ends with the test. */
export async function tenantFor(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  ends.push(() => sandbox.close());
  return sandbox;
}

/** Makes a tenant that of the stack's config, as `pulumi config set` does. */
export function configure({ baseUrl, organization, clientId, clientSecret }: Sandbox): void {
  pulumi.runtime.setAllConfig({
    "asgardeo:baseUrl": baseUrl,
    "asgardeo:organization": organization,
    "asgardeo:clientId": clientId,
    "asgardeo:clientSecret": clientSecret,
    "asgardeo:requestsPerMinute": "100000",
  });
}

/** A tenant that ends with the test, and is that of the stack's config. */
export async function configuredTenant(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await tenantFor(options);
  configure(sandbox);
  return sandbox;
}

/** An explicit provider for a tenant. Needs an engine. */
export function providerFor({ baseUrl, organization, clientId, clientSecret }: Sandbox, name = "explicit"): Provider {
  return new Provider(name, { baseUrl, organization, clientId, clientSecret, requestsPerMinute: 100_000 });
}

/** Lets a program make resources as with an engine: to the program, this is none of Pulumi's mocks, which answer look-ups. */
export async function engine(preview = false): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
    call: () => ({}),
  });
  const mocks: object | undefined = pulumi.runtime.getMonitor();
  if (!mocks) throw new Error("Pulumi has no mocks");
  const standIn = new Proxy(mocks, {
    has: (target, key) => key !== "mocks" && key in target,
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  pulumi.runtime.setMockOptions(standIn, "project", "stack", preview);
}

/** What an output comes to; only for one that is known. */
export function answered<T>(output: pulumi.Output<T>): Promise<T> {
  return promised(output).promise();
}

export function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return promised(output).isKnown;
}

/** The members of Pulumi's outputs that its types do not show. */
function promised<T>(output: pulumi.Output<T>) {
  return output as unknown as { promise(): Promise<T>; readonly isKnown: Promise<boolean> };
}

/** Requests to the management APIs, in the order in which they were served. */
export function requestsOf({ requests }: Sandbox): string[] {
  return requests
    .filter(({ path }) => !path.endsWith("/oauth2/token"))
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/api\/server\/v1/, "")}`);
}

/** Makes an application, as somebody does in the console; answers its id. */
export async function application(sandbox: Sandbox, body: object): Promise<string> {
  const { id, status } = await sandbox.console("POST", "/api/server/v1/applications", body);
  if (!id) throw new Error(`POST /applications: ${status}`);
  return id;
}

/** Makes an API, as somebody does in the console; answers its id. */
export async function api(sandbox: Sandbox, body: object): Promise<string> {
  const { id, status } = await sandbox.console("POST", "/api/server/v1/api-resources", body);
  if (!id) throw new Error(`POST /api-resources: ${status}`);
  return id;
}

/** Takes a scope away from the bootstrap client. */
export function withdraw({ tenant }: Sandbox, scope: string): void {
  const lacking = tenant.apiResources.flatMap(({ scopes }) => scopes).find(({ name }) => name === scope);
  for (const authorization of tenant.applications.find(({ id }) => id === tenant.bootstrap)?.authorizations ?? []) {
    authorization.scopeIds = authorization.scopeIds.filter((id) => id !== lacking?.id);
  }
}
