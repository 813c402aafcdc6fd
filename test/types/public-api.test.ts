import { Compiler } from "../support/compiler";

jest.setTimeout(120_000);

const imports = `
import * as pulumi from "@pulumi/pulumi";
import * as asgardeo from "pulumi-asgardeo";
import { startSandbox } from "pulumi-asgardeo/sandbox";
declare const worker: asgardeo.Application;
declare const orders: asgardeo.ApiResource;
declare const authorization: asgardeo.ApiAuthorization;
declare const text: pulumi.Output<string>;
/** Compiles only where both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(proof: Same<A, B>) => proof;
`;

const compiles: Record<string, string> = {
  "an application with nothing but a name": `new asgardeo.Application("web", { name: "Web" });`,
  "outputs wherever a value may stand": `
    new asgardeo.Application("web", {
      name: text,
      oidc: { grantTypes: [text.apply(() => "client_credentials" as const)], callbackUrls: [text], pkce: { mandatory: pulumi.output(true) } },
    });
    new asgardeo.ApiResource("api", { name: text, identifier: text, scopes: [{ name: text }] });
    new asgardeo.ApiAuthorization("a", { application: worker.id, api: orders.id, scopes: [text] });`,
  "whole objects and lists as outputs": `
    new asgardeo.Application("web", { name: "Web", oidc: pulumi.output({ grantTypes: ["refresh_token" as const] }) });
    new asgardeo.ApiAuthorization("a", { application: worker.id, api: orders.identifier, scopes: text.apply((t) => [t]) });`,
  "an extension grant by its URN": `
    new asgardeo.Application("web", { name: "Web", oidc: { grantTypes: ["urn:example:grant"] } });`,
  "options of Pulumi": `
    const provider = new asgardeo.Provider("staging");
    new asgardeo.Application("web", { name: "Web" }, { provider, protect: true, dependsOn: [orders], parent: worker });`,
  "the id of a resource as an output": `same<typeof worker.id, pulumi.Output<string>>(true);`,
  "a client id and secret that are handed on, the most common next step": `
    const parameter = (value: pulumi.Input<string>) => value;
    export const values = [parameter(worker.clientId), parameter(worker.clientSecret)];
    same<typeof worker.clientSecret, pulumi.Output<string>>(true);
    same<typeof worker.clientId, pulumi.Output<string>>(true);`,
  "an old client secret that may be absent": `
    same<typeof worker.previousSecretId, pulumi.Output<string | undefined>>(true);
    same<typeof worker.previousSecretSince, pulumi.Output<string | undefined>>(true);`,
  "endpoints that are always there": `
    same<typeof worker.issuer, pulumi.Output<string>>(true);
    same<typeof worker.discoveryUrl, pulumi.Output<string>>(true);
    same<typeof authorization.apiId, pulumi.Output<string>>(true);`,
  "args as outputs, needed ones as they are and optional ones perhaps absent": `
    same<typeof worker.name, pulumi.Output<string>>(true);
    same<typeof worker.description, pulumi.Output<string | undefined>>(true);
    same<typeof worker.enabled, pulumi.Output<boolean | undefined>>(true);
    same<typeof authorization.scopes, pulumi.Output<string[]>>(true);
    same<typeof authorization.policy, pulumi.Output<"RBAC" | "No Policy" | undefined>>(true);
    same<typeof orders.identifier, pulumi.Output<string>>(true);`,
  "members of args that are lifted out of an output": `
    const urls: pulumi.Output<string[] | undefined> = worker.oidc.apply((oidc) => oidc?.callbackUrls);
    const first: pulumi.Output<string | undefined> = orders.scopes.apply((scopes) => scopes?.[0]?.displayName);
    export { urls, first };`,
  "a look-up that gives the class": `
    same<ReturnType<typeof look>, asgardeo.Application>(true);
    function look() { return asgardeo.Application.get("x", "id"); }
    const api: asgardeo.ApiResource = asgardeo.ApiResource.get("y", text, { parent: worker });
    const found: asgardeo.ApiAuthorization = asgardeo.ApiAuthorization.get("z", "app/api");
    export { api, found };`,
  "a resource as Pulumi's own": `const resources: pulumi.CustomResource[] = [worker, orders, authorization]; export { resources };`,
  "every setting of a provider": `
    new asgardeo.Provider("p", {
      organization: "acme", baseUrl: text, clientId: "id", clientSecretEnv: "SECRET", clientSecret: pulumi.secret("s"),
      readOnly: true, requestsPerMinute: 60, caFile: "ca.pem", timeoutSeconds: pulumi.output(10),
    }, { envVarMappings: { TENANT_SECRET: "ASGARDEO_CLIENT_SECRET" } });`,
  "args that are kept in variables of their own": `
    const scope: asgardeo.ScopeArgs = { name: "orders:read" };
    const oidc: asgardeo.OidcArgs = { grantTypes: ["authorization_code"], callbackUrls: ["https://a.example.com"] };
    const grant: asgardeo.GrantType = "client_credentials";
    const args: asgardeo.ApplicationArgs = { name: "Web", oidc };
    export { scope, grant, args };`,
  "every option of a sandbox, and what it gives": `
    async function run() {
      const sandbox = await startSandbox({
        port: 0, organization: "acme", clientId: "id", clientSecret: "s", state: "file", rateLimit: 200, log: "file", server: "asgardeo",
      });
      const address: string = sandbox.baseUrl;
      const statuses: number[] = sandbox.requests.map(({ status }) => status);
      const answer = await sandbox.console("GET", "/api/server/v1/applications");
      same<typeof answer.body, unknown>(true);
      await sandbox.close();
      return [address, statuses, answer.id];
    }
    export { run };
    startSandbox();`,
};

const refuses: Record<string, [program: string, message: RegExp]> = {
  "an application without a name": [`new asgardeo.Application("web", {});`, /TS2345:.*'name' is missing/s],
  "an application without args": [`new asgardeo.Application("web");`, /TS2554: Expected 2-3 arguments/],
  "an arg that there is not": [
    `new asgardeo.Application("web", { name: "Web", callbackUrls: [] });`,
    /TS2353:.*'callbackUrls' does not exist/,
  ],
  "an arg of the client in the server's own spelling": [
    `new asgardeo.Application("web", { name: "Web", oidc: { grantTypes: ["refresh_token"], callbackURLs: [] } });`,
    /TS2353:.*'callbackURLs' does not exist/,
  ],
  "a grant type that there is not": [
    `new asgardeo.Application("web", { name: "Web", oidc: { grantTypes: ["client_credential"] } });`,
    /Type '"client_credential"' is not assignable.*Did you mean '"client_credentials"'/,
  ],
  "a client without a grant type": [
    `new asgardeo.Application("web", { name: "Web", oidc: {} });`,
    /TS2322: Type '{}' is not assignable to type 'Input<OidcArgs>/,
  ],
  "a name that is a number": [`new asgardeo.Application("web", { name: 7 });`, /TS2322: Type 'number'/],
  "what only the server decides": [
    `new asgardeo.Application("web", { name: "Web", clientSecret: "s" });`,
    /TS2353:.*'clientSecret' does not exist/,
  ],
  "an API without an identifier": [
    `new asgardeo.ApiResource("api", { name: "API" });`,
    /TS2345:.*'identifier' is missing/s,
  ],
  "scopes of an API as texts": [
    `new asgardeo.ApiResource("api", { name: "API", identifier: "x", scopes: ["orders:read"] });`,
    /TS2322: Type 'string' is not assignable to type .*ScopeArgs/,
  ],
  "scopes of an authorization as objects": [
    `new asgardeo.ApiAuthorization("a", { application: worker.id, api: orders.id, scopes: [{ name: "orders:read" }] });`,
    /TS2353:.*'name' does not exist/,
  ],
  "an authorization without scopes": [
    `new asgardeo.ApiAuthorization("a", { application: worker.id, api: orders.id });`,
    /TS2345:.*'scopes' is missing/s,
  ],
  "a resource in place of its id": [
    `new asgardeo.ApiAuthorization("a", { application: worker, api: orders.id, scopes: [] });`,
    /TS2740: Type 'Application' is missing|TS2322: Type 'Application' is not assignable/,
  ],
  "a policy that there is not": [
    `new asgardeo.ApiAuthorization("a", { application: worker.id, api: orders.id, scopes: [], policy: "rbac" });`,
    /Type '"rbac"' is not assignable/,
  ],
  "an old client secret that is taken to be there": [
    `const old: pulumi.Output<string> = worker.previousSecretId;`,
    /TS2322: Type 'OutputInstance<string \| undefined>.*|TS2322: Type 'Output<string \| undefined>'/,
  ],
  "an output that is set": [`worker.name = text;`, /TS2540: Cannot assign to 'name' because it is a read-only/],
  "an output that there is not": [`worker.secret;`, /TS2339: Property 'secret' does not exist on type 'Application'/],
  "a look-up without an id": [`asgardeo.Application.get("x");`, /TS2554: Expected 2-3 arguments|TS2684/],
  "a look-up of one kind as another": [
    `const api: asgardeo.ApiResource = asgardeo.Application.get("x", "id");`,
    /TS2322|TS2739|TS2741|TS2684/,
  ],
  "a setting that there is not": [
    `new asgardeo.Provider("p", { organisation: "acme" });`,
    /TS2561:.*Did you mean to write 'organization'/s,
  ],
  "a setting of another type": [`new asgardeo.Provider("p", { readOnly: "yes" });`, /TS2322: Type 'string'/],
  "a server that the sandbox does not stand for": [
    `startSandbox({ server: "wso2is-5.0" });`,
    /TS2322: Type '"wso2is-5.0"'/,
  ],
  "an option of a sandbox that there is not": [`startSandbox({ host: "0.0.0.0" });`, /TS2353:.*'host' does not exist/],
  "the runtime as part of a program's imports": [
    `asgardeo.provider("Application");`,
    /Property 'provider' does not exist/,
  ],
  "a file of the package that is not published as an entry": [
    `import { stub } from "pulumi-asgardeo/dist/provider/core/stub"; stub("x");`,
    /TS2307: Cannot find module/,
  ],
};

describe.each(["pulumi-sdk-oldest", "pulumi-sdk-newest"] as const)("with %s, the published types", (sdk) => {
  let compiler: Compiler;
  let errors: Record<string, string[]>;

  beforeAll(() => {
    compiler = new Compiler(sdk);
    const refused = Object.entries(refuses).map(([name, [program]]) => [`refuses ${name}`, program]);
    const accepted = Object.entries(compiles).map(([name, program]) => [`accepts ${name}`, program]);
    const programs = [...refused, ...accepted].map(([name, program]) => [name, `${imports}\n${program}`]);
    errors = compiler.errors(Object.fromEntries(programs));
  });

  afterAll(() => compiler?.dispose());

  test.each(Object.keys(compiles))("accept %s", (name) => {
    expect(errors[`accepts ${name}`]).toEqual([]);
  });

  test.each(Object.entries(refuses))("refuse %s", (name, [, message]) => {
    const found = errors[`refuses ${name}`] ?? [];
    expect(found).toEqual([expect.stringMatching(message)]);
  });
});
