import type { HttpRequest, HttpResponse, Send } from "../../provider/api/exchange";
import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import { type Access, asked, ScopeTable, scopeTable } from "../../provider/api/scopes";
import { ScopesInUse } from "../../provider/api/scopes-in-use";
import { type ApiRequest, withToken } from "../../provider/api/token";
import { ApiError, MissingScopeError } from "../../provider/errors";
import { answer, deferred, failure, fakeClock, page } from "../support/client";

const url = "http://127.0.0.1/api/server/v1/applications";
const applications = path`/api/server/v1/applications`;
const viewing: ApiRequest = { method: "GET", url, path: applications, access: "view", needs: [], optional: [] };
const writing: ApiRequest = { ...viewing, method: "POST", body: "{}", access: "write" };

/** A token endpoint that grants what is asked but for `without`, and an API that accepts what `accepts` says. */
function tenant({ without = [] as string[], lifetime = 3600, inUse = new ScopesInUse() } = {}) {
  const asks: string[] = [];
  const tokenSend: Send = async ({ body }) => {
    const scope = new URLSearchParams(body).get("scope") ?? "";
    asks.push(scope);
    const kept = scope.split(" ").filter((name) => !without.includes(name));
    return answer(200, { access_token: `token-${asks.length}`, expires_in: lifetime, scope: kept.join(" ") });
  };
  const used: string[] = [];
  const api = { answers: (_: string): HttpResponse | Promise<HttpResponse> => answer(200) };
  const send: Send = async ({ headers }) => {
    const token = headers?.authorization?.replace("Bearer ", "") ?? "none";
    used.push(token);
    return api.answers(token);
  };
  const clock = fakeClock();
  const credentials = {
    tokenUrl: "http://127.0.0.1/token",
    clientId: "me",
    clientSecret: "hush",
    organization: "acme",
  };
  const secrets = new Secrets();
  const over = (ask: Send = tokenSend) => withToken(send, ask, credentials, clock, secrets, inUse);
  return { asks, used, api, clock, secrets, inUse, tokenSend, over, signed: over() };
}

const scopesOf = (access: Access) => asked[access].filter((scope) => !scopeTable.isOfOrganizations(scope)).join(" ");

test("reading asks for view scopes only", async () => {
  const { signed, asks } = tenant();
  await signed(viewing);
  expect(asks).toEqual([scopesOf("view")]);
});

test("a run that reads and then writes takes two tokens, however many requests it has", async () => {
  const { signed, asks, used } = tenant();
  for (const request of [viewing, writing, viewing, writing, viewing]) await signed(request);
  expect(asks).toEqual([scopesOf("view"), scopesOf("write")]);
  expect(used).toEqual(["token-1", "token-2", "token-1", "token-2", "token-1"]);
});

test("a run that begins with writing reads with the same token", async () => {
  const { signed, asks } = tenant();
  await Promise.all([signed(writing), signed(viewing), signed(viewing)]);
  expect(asks).toEqual([scopesOf("write")]);
});

test("one token request is in flight however many callers wait", async () => {
  const { signed, asks, used } = tenant();
  await Promise.all(Array.from({ length: 50 }, () => signed(viewing)));
  expect(asks).toHaveLength(1);
  expect(used).toEqual(Array(50).fill("token-1"));
});

test("a token is renewed a minute before its end", async () => {
  const { signed, asks, clock } = tenant();
  await signed(viewing);
  clock.time += 3_539_999;
  await signed(viewing);
  expect(asks).toHaveLength(1);
  clock.time += 1;
  await Promise.all([signed(viewing), signed(viewing), signed(viewing)]);
  expect(asks).toHaveLength(2);
});

test("a token of a single second is good for the requests that waited for it", async () => {
  const { signed, asks } = tenant({ lifetime: 1 });
  await Promise.all([signed(viewing), signed(viewing)]);
  expect(asks).toHaveLength(1);
});

test("after a 401 the request is sent once more with a new token, a POST too, since nothing ran", async () => {
  const { signed, api, used } = tenant();
  api.answers = (token) => answer(token === "token-1" ? 401 : 200);
  expect((await signed(writing)).status).toBe(200);
  expect(used).toEqual(["token-1", "token-2"]);
});

test("a 401 also for the new token is the answer", async () => {
  const { signed, api, used } = tenant();
  api.answers = () => answer(401);
  expect((await signed(viewing)).status).toBe(401);
  expect(used).toEqual(["token-1", "token-2"]);
});

test("many callers with the same stale token take one new token together", async () => {
  const { signed, api, asks } = tenant();
  await signed(viewing);
  api.answers = (token) => answer(token === "token-1" ? 401 : 200);
  const all = await Promise.all(Array.from({ length: 20 }, () => signed(viewing)));
  expect(all.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(asks).toHaveLength(2);
});

test("a late 401 for an old token does not drop the new one that another caller has taken", async () => {
  const { signed, api, asks, used } = tenant();
  await signed(viewing);
  const late = deferred<HttpResponse>();
  let first = true;
  api.answers = (token) => {
    if (token !== "token-1") return answer(200);
    const answers = first ? late.promise : answer(401);
    first = false;
    return answers;
  };
  const slow = signed(viewing);
  await signed(viewing);
  expect(asks).toHaveLength(2);
  late.resolve(answer(401));
  expect((await slow).status).toBe(200);
  await signed(viewing);
  expect(asks).toHaveLength(2);
  expect(used.at(-1)).toBe("token-2");
});

test("a 401 for the writing token leaves the reading token alone", async () => {
  const { signed, api, asks, used } = tenant();
  await signed(viewing);
  api.answers = (token) => answer(token === "token-2" ? 401 : 200);
  await signed(writing);
  await signed(viewing);
  expect(asks.map((scope) => scope === scopesOf("view"))).toEqual([true, false, false]);
  expect(used).toEqual(["token-1", "token-2", "token-3", "token-1"]);
});

test("a token request that fails is not kept: the next caller asks again", async () => {
  const { over, tokenSend } = tenant();
  let fails = true;
  const signed = over(async (request) => {
    if (!fails) return tokenSend(request);
    fails = false;
    return page(500);
  });
  await expect(signed(viewing)).rejects.toThrow(ApiError);
  expect((await signed(viewing)).status).toBe(200);
});

test("a writing token that is not to be had does not keep anyone from reading, even who waited for it", async () => {
  const { over, tokenSend } = tenant();
  const refuse = deferred<HttpResponse>();
  const ask = (request: HttpRequest) =>
    new URLSearchParams(request.body).get("scope") === scopesOf("write") ? refuse.promise : tokenSend(request);
  const signed = over(ask);
  const [write, ...reads] = [signed(writing), signed(viewing), signed(viewing)];
  refuse.resolve(answer(400, { error: "invalid_scope" }));
  await expect(write).rejects.toThrow(/invalid_scope/);
  expect((await Promise.all(reads)).map(({ status }) => status)).toEqual([200, 200]);
});

test("a missing scope fails before the request, with scope, API, client and the place in the console", async () => {
  const { signed, used } = tenant({ without: ["internal_application_mgt_view"] });
  const error = await failure(MissingScopeError, () =>
    signed({ ...viewing, needs: ["internal_application_mgt_view"] }),
  );
  expect(used).toEqual([]);
  expect(error.scopes).toEqual(["internal_application_mgt_view"]);
  expect(error.message).toBe(
    [
      "the bootstrap client me is not authorized for this scope:",
      '  internal_application_mgt_view of "Application Management API" (/api/server/v1/applications)',
      "Authorize it in the console: Applications > the bootstrap client's application > API Authorization > Authorize an API Resource.",
    ].join("\n"),
  );
});

test("each missing scope is named once, with its own API", async () => {
  const needs = [
    "internal_application_mgt_update",
    "internal_api_resource_update",
    "internal_application_mgt_update",
  ] as const;
  const { signed } = tenant({ without: [...needs] });
  const error = await failure(MissingScopeError, () => signed({ ...writing, needs }));
  expect(error.scopes).toEqual(["internal_application_mgt_update", "internal_api_resource_update"]);
  expect(error.message).toMatch(
    /these scopes:\n.*mgt_update of "Application Management API".*\n.*resource_update of "API Resource Management API"/,
  );
});

test("a scope of two APIs is named with both: either will do", async () => {
  const scopes = { internal_application_mgt_view: "view" } as const;
  const table = new ScopeTable({ "/a": { console: "A", scopes }, "/b": { console: "B", scopes } });
  const { over } = tenant({ without: ["internal_application_mgt_view"], inUse: new ScopesInUse(table) });
  const needs = ["internal_application_mgt_view"] as const;
  const { message } = await failure(MissingScopeError, () => over()({ ...viewing, needs }));
  expect(message).toContain('\n  internal_application_mgt_view of "A" (/a) or "B" (/b)\n');
});

test("a scope that the operation does not need may be missing", async () => {
  const { signed } = tenant({ without: ["internal_api_resource_view"] });
  expect((await signed({ ...viewing, needs: ["internal_application_mgt_view"] })).status).toBe(200);
});

test("the scopes of the new token count after a 401", async () => {
  const { over, api, tokenSend, used } = tenant();
  let count = 0;
  const signed = over(async (request) => {
    const response = await tokenSend(request);
    return count++ === 0 ? response : answer(200, { access_token: "poor-one", scope: "" });
  });
  api.answers = () => answer(401);
  const needs = ["internal_application_mgt_view"] as const;
  await expect(signed({ ...viewing, needs })).rejects.toThrow(MissingScopeError);
  expect(used).toEqual(["token-1"]);
});

const script = "internal_application_script_update" as const;

test.each([
  ["the gateway's", answer(403, { code: 403, message: "Forbidden" })],
  ["the API's", answer(403, { code: "APP-60520", message: "Forbidden" })],
])("%s 403 is a missing scope where an optional one is missing", async (_, forbidden) => {
  const { signed, api } = tenant({ without: [script] });
  api.answers = () => forbidden;
  await expect(signed({ ...writing, optional: [script] })).rejects.toThrow(MissingScopeError);
});

test.each([
  ["a limit of the plan", answer(403, { code: "APP-60503", message: "Limit reached" })],
  ["a system application", answer(403, { code: "APP-60008", message: "Forbidden" })],
  ["a proxy", page(403)],
])("a 403 of %s stays what it is", async (_, forbidden) => {
  const { signed, api } = tenant({ without: [script] });
  api.answers = () => forbidden;
  expect(await signed({ ...writing, optional: [script] })).toBe(forbidden);
});

test("a 403 although every scope is there stays what it is", async () => {
  const { signed, api } = tenant();
  api.answers = () => answer(403, { code: 403 });
  expect((await signed({ ...writing, optional: [script] })).status).toBe(403);
});

const scimError = { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], detail: "Operation is not permitted." };
describe("where it is told what is in use", () => {
  const [view, update] = ["internal_application_mgt_view", "internal_application_mgt_update"] as const;
  const other = "internal_api_resource_view";

  test("tokens ask for nothing else", async () => {
    const { signed, asks, inUse } = tenant();
    inUse.add([view, update]);
    await signed({ ...viewing, needs: [view] });
    await signed({ ...writing, needs: [update] });
    expect(asks).toEqual([view, `${view} ${update}`]);
  });

  test("what is told before the first request costs no second token", async () => {
    const { signed, asks, inUse } = tenant();
    inUse.add([view]);
    inUse.add([other]);
    await Promise.all([signed({ ...viewing, needs: [view] }), signed({ ...viewing, needs: [other] })]);
    expect(asks).toEqual([`${view} ${other}`]);
  });

  test("requests that come together share a token, also where nobody has told what they need", async () => {
    const { signed, asks, inUse } = tenant();
    inUse.add([]);
    await Promise.all([signed({ ...viewing, needs: [view] }), signed({ ...viewing, needs: [other] })]);
    expect(asks).toEqual([`${view} ${other}`]);
  });

  test("a token is asked for what a request would like to have, and its lack is no reason to refuse", async () => {
    const { signed, asks, inUse, api } = tenant({ without: [script] });
    inUse.add([]);
    expect((await signed({ ...writing, needs: [view], asks: [script] })).status).toBe(200);
    expect(asks).toEqual([`${view} ${script}`]);
    api.answers = () => answer(403, { code: 403 });
    expect((await signed({ ...writing, needs: [view], asks: [script] })).status).toBe(403);
  });

  test("a scope that is told later costs a token only where a request needs it, for all that is in use by then", async () => {
    const { signed, asks, used, inUse } = tenant();
    inUse.add([view]);
    await signed({ ...viewing, needs: [view] });
    inUse.add([other, script]);
    await signed({ ...viewing, needs: [view] });
    expect(asks).toHaveLength(1);
    await signed({ ...viewing, needs: [other] });
    await signed({ ...viewing, needs: [view] });
    expect(asks).toEqual([view, `${view} ${other}`]);
    expect(used).toEqual(["token-1", "token-1", "token-2", "token-2"]);
  });

  test("a scope that nobody has told is asked for by the request that needs it, and kept", async () => {
    const { signed, asks, inUse } = tenant();
    inUse.add([view]);
    await signed({ ...viewing, needs: [other] });
    await signed({ ...writing, needs: [view], optional: [script] });
    expect(asks).toEqual([`${view} ${other}`, `${view} ${script} ${other}`]);
    expect(inUse.all).toEqual([view, script, other]);
  });

  test("a token that may write serves who reads, if it was asked for what reading needs", async () => {
    const { signed, asks, inUse } = tenant();
    inUse.add([view, update]);
    await signed({ ...writing, needs: [update] });
    await signed({ ...viewing, needs: [view] });
    expect(asks).toEqual([`${view} ${update}`]);
    inUse.add([other]);
    await signed({ ...viewing, needs: [other] });
    expect(asks.slice(1)).toEqual([`${view} ${other}`]);
  });

  test("reading never asks for a scope that can change anything, even where a request names one", async () => {
    const { signed, asks, inUse } = tenant();
    inUse.add([view, update]);
    await expect(signed({ ...viewing, needs: [view, update] })).rejects.toThrow(MissingScopeError);
    await expect(signed({ ...viewing, needs: [view, update] })).rejects.toThrow(MissingScopeError);
    expect(asks).toEqual([view]);
  });

  test("a check ahead takes the token that the requests will have", async () => {
    const { signed, asks, inUse } = tenant();
    inUse.add([view]);
    await signed.require({ access: "write", needs: [update], optional: [script] });
    await signed({ ...writing, needs: [update], optional: [script] });
    expect(asks).toEqual([`${view} ${update} ${script}`]);
  });
});

const changingRole: ApiRequest = { ...writing, path: path`/scim2/v2/Roles`, optional: [script] };

test.each([
  ["the gateway, by a number", { ...scimError, status: 403 }],
  ["SCIM itself, by a text", { ...scimError, status: "403" }],
])("a 403 at a path of SCIM is a missing scope where %s says it", async (_, body) => {
  const { signed, api } = tenant({ without: [script] });
  api.answers = () => answer(403, body);
  await expect(signed(changingRole)).rejects.toThrow(MissingScopeError);
});

test("a 403 of SCIM with a keyword is another one", async () => {
  const { signed, api } = tenant({ without: [script] });
  const full = answer(403, { ...scimError, status: "403", scimType: "userLimitReached" });
  api.answers = () => full;
  expect(await signed(changingRole)).toBe(full);
});

test("every token is masked in messages", async () => {
  const { signed, secrets } = tenant();
  await signed(viewing);
  await signed(writing);
  expect(secrets.redact("token-1, token-2")).toBe("[secret], [secret]");
});
