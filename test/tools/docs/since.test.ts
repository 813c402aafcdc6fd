import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Feature, knows, type Server, servers, withoutLacking } from "../../../sandbox/versions";

const root = resolve(__dirname, "..", "..", "..");

/** The args that not every server has, with what their tags say: `oidc.ciba` → `7.3`. */
function taggedArgs(): Record<string, string> {
  const tool = (name: string) => JSON.stringify(pathToFileURL(resolve(root, "tools", "docs", name)).href);
  const code = `
    import { entriesOf } from ${tool("args.mjs")};
    import { commentOf } from ${tool("comment.mjs")};
    import { resourcesOf } from ${tool("definitions.mjs")};
    import { Source } from ${tool("source.mjs")};
    const source = new Source(${JSON.stringify(root)});
    const found = resourcesOf(source).flatMap(({ name, args }) => entriesOf(source, args).flatMap((entry) => [
      ...(entry.path ? [[name + " " + entry.path, commentOf(entry.declaration).since]] : []),
      ...entry.members.map(({ member, path }) => [name + " " + path, member.since]),
    ]));
    console.log(JSON.stringify(Object.fromEntries(found.filter(([, since]) => since))));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }));
}

type Model = Parameters<typeof withoutLacking>[0];

/** What each of them is called in the API. */
const members: Record<string, readonly [model: Model, path: string]> = {
  "Application enabled": ["application", "applicationEnabled"],
  "Application advancedConfiguration.discoverableGroups": ["application", "advancedConfigurations.discoverableGroups"],
  "Application advancedConfiguration.trustedApp": ["application", "advancedConfigurations.trustedAppConfiguration"],
  "Application oidc.hybridFlow": ["oidc", "hybridFlow"],
  "Application oidc.subjectToken": ["oidc", "subjectToken"],
  "Application oidc.accessToken.accessTokenAttributes": ["oidc", "accessToken.accessTokenAttributes"],
  "Application oidc.accessToken.enableJwtScopeAsArray": ["oidc", "accessToken.enableJwtScopeAsArray"],
  "Application oidc.clientAuthentication.tokenEndpointAllowReusePvtKeyJwt": [
    "oidc",
    "clientAuthentication.tokenEndpointAllowReusePvtKeyJwt",
  ],
  "Application oidc.refreshToken.extendRenewedRefreshTokenExpiryTime": [
    "oidc",
    "refreshToken.extendRenewedRefreshTokenExpiryTime",
  ],
  "Application oidc.refreshToken.gracefulRefreshTokenRotationEnabled": [
    "oidc",
    "refreshToken.gracefulRefreshTokenRotationEnabled",
  ],
  "Application oidc.refreshToken.gracefulRefreshTokenRotationValidityPeriod": [
    "oidc",
    "refreshToken.gracefulRefreshTokenRotationValidityPeriod",
  ],
  "Application oidc.refreshToken.gracefulRefreshTokenReuseLimit": [
    "oidc",
    "refreshToken.gracefulRefreshTokenReuseLimit",
  ],
  "Application oidc.fapiProfile": ["oidc", "fapiProfile"],
  "Application oidc.ciba": ["oidc", "cibaAuthenticationRequest"],
};

/** Which ability of a server the others of them are about. */
const abilities: Record<string, Feature> = {
  "Organization orgHandle": "organizationHandle",
  "ApplicationShare roleSharing.roles": "newSharing",
  "ApplicationShare organizations[].withChildren": "newSharing",
};

const byAge = [...servers.filter((server) => server !== "asgardeo"), "asgardeo" as const];

/** The oldest of the sandbox's servers that keeps a member of a body. */
function firstWith([model, path]: readonly [Model, string]): Server | undefined {
  const names = path.split(".");
  const body = names.reduceRight<unknown>((value, name) => ({ [name]: value }), "there");
  const valueIn = (kept: unknown) => names.reduce<unknown>((value, name) => Object(value)[name], kept);
  return byAge.find((server) => valueIn(withoutLacking(model, body, server)));
}

const firstAbleTo = (feature: Feature) => byAge.find((server) => knows(server, feature));

test("the server that an arg is said to come with is the one from which on the sandbox has it", () => {
  const tagged = taggedArgs();
  expect(Object.keys(tagged).sort()).toEqual([...Object.keys(members), ...Object.keys(abilities)].sort());
  const inSandbox = Object.fromEntries([
    ...Object.entries(members).map(([arg, member]) => [arg, firstWith(member)]),
    ...Object.entries(abilities).map(([arg, feature]) => [arg, firstAbleTo(feature)]),
  ]);
  const expected = Object.entries(tagged).map(([arg, since]) => {
    // What is newer than the releases that the sandbox can stand for, only Asgardeo has.
    return [arg, servers.find((server) => server === since) ?? "asgardeo"];
  });
  expect(inSandbox).toEqual(Object.fromEntries(expected));
});
