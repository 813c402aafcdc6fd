import type { HttpResponse, Send } from "../../provider/api/exchange";
import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import { type Scope, ScopeTable } from "../../provider/api/scopes";
import { ScopesInUse } from "../../provider/api/scopes-in-use";
import { type ApiRequest, withToken } from "../../provider/api/token";
import { ApiError, MissingScopeError, SettingsError } from "../../provider/errors";
import { answer, failure, fakeClock } from "../support/client";

const table = new ScopeTable({
  "/scim2/Roles": { console: "Roles", scopes: { internal_role_view: "view", internal_role_create: "write" } },
  "/o/scim2/Roles": {
    console: "Roles of organizations",
    scopes: { internal_org_role_view: "view", internal_org_role_create: "write" },
  },
});
const names = (...texts: string[]) => texts as Scope[];

const outside: ApiRequest = {
  method: "GET",
  url: "http://127.0.0.1/scim2/v2/Roles",
  path: path`/scim2/v2/Roles`,
  access: "view",
  needs: names("internal_role_view"),
  optional: [],
};
const inside: ApiRequest = {
  ...outside,
  url: "http://127.0.0.1/o/scim2/v2/Roles",
  needs: names("internal_org_role_view"),
  organization: "o-1",
};

/** A token endpoint with the grant, an application that is shared with some organizations, and an API that accepts all. */
function tenant({
  shared = ["o-1", "o-2"],
  grants = ["client_credentials", "organization_switch"],
  without = [] as string[],
  refusal = undefined as [string, string] | undefined,
} = {}) {
  const asks: Record<string, string>[] = [];
  const valid = new Set<string>();
  const refuse = (error: string, error_description: string) => answer(400, { error, error_description });

  function issue(form: Record<string, string>): HttpResponse {
    const { grant_type = "", token = "", switching_organization: to = "", scope = "" } = form;
    if (!grants.includes(grant_type)) return refuse("unauthorized_client", "not authorized to use this grant");
    const isSwitch = grant_type === "organization_switch";
    if (isSwitch && refusal) return refuse(...refusal);
    if (isSwitch && !/^o-\d$/.test(to)) return refuse("invalid_request", `Invalid organization id: ${to}`);
    if (isSwitch && !valid.has(token)) return refuse("invalid_grant", "Invalid token received.");
    if (isSwitch && !shared.includes(to)) {
      const words = "Organization switching is not allowed for organizations that have not shared the application";
      return refuse("invalid_grant", words);
    }
    const granted = scope.split(" ").filter((name) => !without.includes(name));
    const kept = granted.filter((name) => name.startsWith("internal_org_") === isSwitch);
    const made = `${isSwitch ? to : "root"}-token-${asks.length}`;
    valid.add(made);
    return answer(200, { access_token: made, expires_in: 3600, scope: kept.join(" ") });
  }

  const tokenSend: Send = async ({ body }) => {
    const form = Object.fromEntries(new URLSearchParams(body));
    asks.push(form);
    return issue(form);
  };
  const used: string[] = [];
  const send: Send = async ({ headers }) => {
    const token = headers?.authorization?.replace("Bearer ", "") ?? "";
    used.push(token);
    return answer(valid.has(token) ? 200 : 401);
  };
  const credentials = {
    tokenUrl: "http://127.0.0.1/token",
    clientId: "me",
    clientSecret: "hush-hush",
    organization: "acme",
  };
  const secrets = new Secrets();
  const clock = fakeClock();
  const said: string[] = [];
  const cancel = new AbortController();
  const waiting = { clock, say: (line: string) => void said.push(line), cancelled: cancel.signal };
  const inUse = new ScopesInUse(table);
  const signed = withToken(send, tokenSend, credentials, clock, secrets, inUse, waiting);
  return { asks, used, valid, clock, secrets, signed, said, cancel, inUse };
}

test("a request in an organization has a token that was switched to it, from one of the tenant itself", async () => {
  const { signed, asks, used } = tenant();
  expect((await signed(inside)).status).toBe(200);
  expect(asks).toEqual([
    { grant_type: "client_credentials", scope: "internal_role_view" },
    {
      grant_type: "organization_switch",
      token: "root-token-1",
      switching_organization: "o-1",
      scope: "internal_org_role_view",
    },
  ]);
  expect(used).toEqual(["o-1-token-2"]);
});

test("each organization has a token for each kind of access, and all are switched from one of the tenant's", async () => {
  const { signed, asks, used } = tenant();
  const creating = { ...inside, access: "write", needs: names("internal_org_role_create") } as const;
  await signed(outside);
  for (const organization of ["o-1", "o-2", "o-1"]) await signed({ ...inside, organization });
  await signed(creating);
  await signed(inside);
  expect(used).toEqual(["root-token-1", "o-1-token-2", "o-2-token-3", "o-1-token-2", "o-1-token-4", "o-1-token-2"]);
  expect(asks.map(({ grant_type, scope }) => `${grant_type}: ${scope}`)).toEqual([
    "client_credentials: internal_role_view",
    "organization_switch: internal_org_role_view",
    "organization_switch: internal_org_role_view",
    "organization_switch: internal_org_role_view internal_org_role_create",
  ]);
});

test("many callers wait for one switch", async () => {
  const { signed, asks } = tenant();
  await Promise.all(Array.from({ length: 20 }, () => signed(inside)));
  expect(asks).toHaveLength(2);
});

test("a token that has had its time is switched again, from a new one where that has had its time, too", async () => {
  const { signed, asks, clock } = tenant();
  await signed(inside);
  clock.time += 3_600_000;
  expect((await signed(inside)).status).toBe(200);
  expect(asks.map(({ grant_type }) => grant_type)).toEqual([
    "client_credentials",
    "organization_switch",
    "client_credentials",
    "organization_switch",
  ]);
});

test("a token that the server has withdrawn is switched again", async () => {
  const { signed, used, valid } = tenant();
  await signed(inside);
  valid.delete("o-1-token-2");
  expect((await signed(inside)).status).toBe(200);
  expect(used).toEqual(["o-1-token-2", "o-1-token-2", "o-1-token-3"]);
});

test("where the tenant's own token is withdrawn as well, both are taken anew", async () => {
  const { signed, used, valid } = tenant();
  await signed(inside);
  valid.clear();
  expect((await signed(inside)).status).toBe(200);
  expect(used.at(-1)).toBe("o-1-token-5");
});

test("an operation may need scopes of the tenant and of the organization: each token is checked for its own", async () => {
  const { signed, asks } = tenant();
  const needs = names("internal_role_view", "internal_org_role_view");
  await signed.require({ access: "view", needs, optional: [], organization: "o-1" });
  await signed({ ...inside, needs });
  await signed({ ...outside, needs });
  expect(asks).toHaveLength(2);
});

test("a scope that the client lacks there is told, with the API of organizations that has it", async () => {
  const { signed, used } = tenant({ without: ["internal_org_role_create"] });
  const creating = { ...inside, access: "write", needs: names("internal_org_role_create") } as const;
  const ahead = await failure(MissingScopeError, () => signed.require(creating));
  const sent = await failure(MissingScopeError, () => signed(creating));
  expect(ahead.message).toContain('internal_org_role_create of "Roles of organizations" (/o/scim2/Roles)');
  expect(ahead.message).toContain('under "Organization API" there');
  expect(sent.message).toBe(ahead.message);
  expect(used).toEqual([]);
});

/** The words of the server for what cannot be switched to, and what is to be read then. */
const refusals: readonly [string, string, string, RegExp][] = [
  [
    "that no organization has",
    "invalid_request",
    "Invalid organization id: o-1",
    /^childOrganization: the tenant has no organization with the id o-1\. .*not the name or the handle.*If the organization was deleted.*`pulumi state delete`/s,
  ],
  [
    "of a disabled organization",
    "invalid_request",
    "The switching organization is in deactivated state.",
    /^childOrganization: the organization o-1 is disabled.*Activate it.*`status: "ACTIVE"`/s,
  ],
  [
    "of another branch",
    "invalid_grant",
    "Organization switch is only allowed for the organizations in the same branch.",
    /^childOrganization: the organization o-1 is not below .*asgardeo:childOrganization or ASGARDEO_CHILD_ORGANIZATION/s,
  ],
];

test.each(refusals)(
  "an id %s is told, with what to do, and is not asked for again",
  async (_, code, words, expected) => {
    const { signed, clock } = tenant({ refusal: [code, words] });
    const error = await failure(SettingsError, () => signed(inside));
    expect(error.message).toMatch(expected);
    expect(error.message).toContain(`400 ${code}: ${words}`);
    expect(clock.slept).toEqual([]);
  },
);

test("what a server says of a switch in words that are not known is shown as it is", async () => {
  const { signed } = tenant({ refusal: ["invalid_scope", "Invalid Scope!"] });
  const error = await failure(ApiError, () => signed(inside));
  expect(error.message).toMatch(/to switch to the organization o-1: 400 invalid_scope: Invalid Scope!$/);
});

test("an application that is not shared yet is waited for, since servers share in the background", async () => {
  const shared: string[] = [];
  const { signed, clock, said, asks } = tenant({ shared });
  const sleep = clock.sleep;
  clock.sleep = async (milliseconds) => {
    await sleep(milliseconds);
    if (clock.slept.length === 7) shared.push("o-1");
  };
  expect((await signed(inside)).status).toBe(200);
  expect(asks.map(({ grant_type }) => grant_type)).toEqual([
    "client_credentials",
    ...Array.from({ length: 8 }, () => "organization_switch"),
  ]);
  expect(said[0]).toMatch(
    /^waiting until the application of the bootstrap client is shared with the organization o-1: \d+ s so far, 60 s at most$/,
  );
});

test("one that is not shared in time is told with the line for the tenant's program, and waited for but once", async () => {
  const { signed, clock } = tenant({ shared: [] });
  const error = await failure(SettingsError, () => signed(inside));
  expect(error.message).toMatch(/^childOrganization: the application of the bootstrap client me is not shared with/);
  expect(error.message).toContain("new asgardeo.ApplicationShare(");
  expect(error.message).toContain('getApplicationOutput({ clientId: "me" })');
  expect(clock.slept.reduce((sum, pause) => sum + pause, 0)).toBe(60_000);
  const naps = clock.slept.length;
  await failure(SettingsError, () => signed(inside));
  expect(clock.slept).toHaveLength(naps);
});

test("many callers wait together for an application to be shared", async () => {
  const { signed, asks } = tenant({ shared: [] });
  await signed(inside).catch(() => undefined);
  const alone = asks.length;
  const many = tenant({ shared: [] });
  await Promise.allSettled(Array.from({ length: 20 }, () => many.signed(inside)));
  expect(many.asks).toHaveLength(alone);
});

test("a run that is cancelled waits no longer for an application to be shared", async () => {
  const { signed, cancel, clock } = tenant({ shared: [] });
  clock.sleep = async () => {
    cancel.abort(new Error("Ctrl-C"));
    await new Promise(() => {});
  };
  await expect(signed(inside)).rejects.toThrow(/cancelled while it waited until the application .* is shared/);
});

test("a switch that failed is tried again by the next request", async () => {
  const shared: string[] = [];
  const { signed } = tenant({ shared });
  await expect(signed(inside)).rejects.toThrow(SettingsError);
  shared.push("o-1");
  expect((await signed(inside)).status).toBe(200);
});

test("a switch begins with a token of the tenant that may do nothing, where nothing else is in use", async () => {
  const { signed, asks, inUse } = tenant();
  inUse.add([]);
  await signed(inside);
  expect(asks.map(({ grant_type, scope }) => [grant_type, scope])).toEqual([
    ["client_credentials", undefined],
    ["organization_switch", "internal_org_role_view"],
  ]);
});

test("a client without the grant is told which one to allow", async () => {
  const { signed } = tenant({ grants: ["client_credentials"] });
  const error = await failure(SettingsError, () => signed(inside));
  expect(error.message).toMatch(/organization_switch.*Allowed grant types/);
});

test("a switched token is masked in messages, too", async () => {
  const { signed, secrets, used } = tenant();
  await signed(inside);
  expect(used).toEqual(["o-1-token-2"]);
  expect(secrets.redact("root-token-1, o-1-token-2")).toBe("[secret], [secret]");
});
