import { z } from "zod";
import { Api } from "../../provider/api/api";
import type { HttpResponse } from "../../provider/api/exchange";
import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import type { ApiRequest } from "../../provider/api/token";
import { ApiError, AsgardeoError, isAmbiguous, isGone, isNotFound, ResponseError } from "../../provider/errors";
import { answer, deferred, failure, page, scripted } from "../support/client";

const base = "https://127.0.0.1:9443/prefix/t/acme";
const thing = path`/api/server/v1/things/${"1"}`;
const things = path`/api/server/v1/things`;
const schema = z.object({ id: z.string(), tags: z.array(z.string()).optional() });

/** What a server may say in the place of an id, as it stands in a URL. */
const noIds = [
  "..",
  ".",
  "...",
  "%2e%2e",
  "%2E",
  "a%2Fb",
  "..%2F..",
  "a%5Cb",
  "%20",
  "a%20b",
  "%09",
  "%00",
  "a%0D%0Ab",
  "%1B%5B2J",
  "%7F",
  "%C2%9B31m",
  "%E2%80%AEa",
  "%E2%80%8B",
  "%EF%BB%BF",
  "%FF",
  "%E0%A4%A",
  "%",
  "%zz",
  "\u00ff",
  "x".repeat(256),
  "x".repeat(9000),
];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "\ufffd";
  }
}

function caught(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof AsgardeoError) return error;
  }
  throw new Error("expected an AsgardeoError");
}

function over(...script: [HttpResponse, ...HttpResponse[]]) {
  const send = scripted<ApiRequest>(...script);
  const signed = Object.assign(send, { require: async () => {} });
  return { api: Api.over(signed, base, new Secrets()), sent: send.sent };
}

describe("path", () => {
  test("every variable is encoded", () => {
    expect(path`/a/${"x=y"}/b/${{ name: "orders/read?#%" }}`.text).toBe("/a/x%3Dy/b/orders%2Fread%3F%23%25");
  });

  test.each(["", ".", ".."])("%j is refused: a URL would lose it, and hit the collection", (value) => {
    expect(() => path`/things/${value}`).toThrow(AsgardeoError);
    expect(() => path`/things/${{ name: value }}`).toThrow(AsgardeoError);
  });

  test.each(noIds)("%j is no id, which is said with every character visible, and what to do", (encoded) => {
    const value = decoded(encoded);
    const { message } = caught(() => path`/things/${value}`);
    expect(message).toMatch(/^"[\x20-\x7e…]*" cannot be the id of an object\. .*`pulumi state delete`.*`adopt: true`/);
    expect(message.length).toBeLessThan(500);
  });

  test("a name with half a character is refused", () => {
    expect(() => path`/things/${{ name: "a\ud800" }}`).toThrow(AsgardeoError);
  });

  test.each(["...a", ".a", "a."])("%j is an ordinary name", (value) => {
    expect(path`/things/${value}`.text).toBe(`/things/${value}`);
  });
});

describe("requests", () => {
  test("the URL is the base with any prefix, the path and the query parameters that are given", async () => {
    const { api, sent } = over(answer(200, { id: "1" }));
    await api.get(things, schema, { limit: 10, filter: "name eq a b", after: undefined });
    await api.get(things, schema);
    expect(sent.map(({ url }) => url)).toEqual([
      `${base}/api/server/v1/things?limit=10&filter=name+eq+a+b`,
      `${base}/api/server/v1/things`,
    ]);
  });

  test("a body is JSON, and no body has no content type", async () => {
    const { api, sent } = over(answer(200));
    await api.put(thing, { a: 1, b: undefined });
    await api.delete(thing);
    expect(sent[0]).toMatchObject({ method: "PUT", body: '{"a":1}', headers: { "content-type": "application/json" } });
    expect(sent[1]).not.toHaveProperty("body");
    expect(sent[1]?.headers).toEqual({ accept: "application/json" });
  });

  test("each request carries the permission of its operation", async () => {
    const { api, sent } = over(answer(200));
    const permitted = api.permitted({ access: "write", needs: ["internal_application_mgt_update"], optional: [] });
    await permitted.patch(thing, {});
    await permitted.needing("internal_application_mgt_delete").post(things, {});
    await api.patch(thing, {});
    expect(sent.map(({ access, needs }) => [access, needs])).toEqual([
      ["write", ["internal_application_mgt_update"]],
      ["write", ["internal_application_mgt_update", "internal_application_mgt_delete"]],
      ["view", []],
    ]);
  });
});

describe("the client of an organization", () => {
  const there = () => {
    const { api, sent } = over(answer(200, {}));
    return { tenant: api, inside: api.inOrganization("o-1"), sent };
  };

  test("sends the same paths below /o, with the scopes of organizations and a token that is switched", async () => {
    const { tenant, inside, sent } = there();
    const permission = { access: "write", needs: ["internal_application_mgt_update"], optional: [] } as const;
    await inside.permitted(permission).post(things, {});
    await tenant.permitted(permission).post(things, {});
    expect(sent.map(({ url, organization, needs }) => [url, organization, needs])).toEqual([
      [`${base}/o/api/server/v1/things`, "o-1", ["internal_org_application_mgt_update"]],
      [`${base}/api/server/v1/things`, undefined, ["internal_application_mgt_update"]],
    ]);
  });

  test("has the organization in its base URL, where the OAuth endpoints of its applications are", () => {
    const { tenant, inside } = there();
    expect([inside.base, tenant.base]).toEqual([`${base}/o/o-1`, base]);
    expect([inside.organization, tenant.organization]).toEqual(["o-1", undefined]);
  });

  test("sends nothing that only the tenant has, and says where to do it", async () => {
    const { inside, sent } = there();
    const writing = inside.permitted({ access: "write", needs: ["internal_api_resource_create"], optional: [] });
    const message =
      /^childOrganization: .* in the organization o-1, .*internal_api_resource_create of "API Resource Management API"/;
    await expect(writing.post(things, {})).rejects.toThrow(message);
    await expect(writing.ready()).rejects.toThrow(message);
    await expect(
      writing
        .permitted({ access: "view", needs: ["internal_api_resource_create"], optional: [], isAhead: true })
        .ready(),
    ).rejects.toThrow(message);
    expect(sent).toEqual([]);
  });

  test("does without a scope that may be needed, where organizations have none", async () => {
    const { inside, sent } = there();
    await inside
      .mayNeed("internal_application_mgt_client_secret_delete", "internal_application_script_update")
      .get(things, z.object({}));
    expect(sent[0]?.optional).toEqual(["internal_org_application_script_update"]);
  });

  test("names the path that was asked for in errors, and knows an object by the path that its resource has", async () => {
    const { api } = over(answer(404, { code: "APP-60006", message: "m", description: "d" }));
    const application = path`/api/server/v1/applications/${"a"}`;
    const error = await failure(ApiError, () => api.inOrganization("o-1").get(application, z.object({})));
    expect(error.message).toMatch(/^GET \/o\/api\/server\/v1\/applications\/a: 404/);
    expect(error.gone).toBe(application.text);
  });

  test("leads to one below it, too, which is switched to from the tenant", async () => {
    const { inside, sent } = there();
    const below = inside.inOrganization("o-2");
    await below.post(things, {});
    expect(below.base).toBe(`${base}/o/o-2`);
    expect(sent).toMatchObject([{ url: `${base}/o/api/server/v1/things`, organization: "o-2" }]);
  });

  test("keeps its own lists, apart from those of the tenant", async () => {
    const { tenant, inside } = there();
    const name = { load: async (api: Api) => api.base };
    expect(await tenant.kept(name)).toBe(base);
    expect(await inside.kept(name)).toBe(`${base}/o/o-1`);
  });

  test("has scopes of organizations in use", () => {
    const { inside } = there();
    inside.inUse(["internal_application_mgt_view", "internal_api_resource_create"]);
    expect(inside.scopesInUse).toEqual(["internal_org_application_mgt_view"]);
  });
});

describe("scopes in use", () => {
  test("are what types and look-ups have told, whichever form of the API they have", () => {
    const { api } = over(answer(200));
    const everything = api.scopesInUse;
    api.needing("internal_api_resource_view").inUse(["internal_application_mgt_view"]);
    expect(api.scopesInUse).toEqual(["internal_application_mgt_view"]);
    api.inUse(["internal_api_resource_view"]);
    expect(api.scopesInUse).toEqual(["internal_application_mgt_view", "internal_api_resource_view"]);
    expect(everything.length).toBeGreaterThan(2);
  });
});

describe("answers", () => {
  test("members that the schema does not know are tolerated", async () => {
    const { api } = over(answer(200, { id: "1", isNew: { a: 1 } }));
    expect(await api.get(thing, schema)).toEqual({ id: "1" });
  });

  test("a missing or wrong member is named with its path, without its value", async () => {
    const { api } = over(answer(200, { tags: ["a", { hush: "hush-hush" }] }));
    const { message } = await failure(ResponseError, () => api.get(thing, schema));
    expect(message).toMatch(/^GET \/api\/server\/v1\/things\/1: .*: id: .*string.*; tags\.1: .*string/);
    expect(message).not.toContain("hush-hush");
  });

  test("of very many wrong members some are named", async () => {
    const { api } = over(answer(200, { id: "1", tags: Array(500).fill(1) }));
    const { message } = await failure(ResponseError, () => api.get(thing, schema));
    expect(message).toMatch(/tags\.4.*; and 495 more$/);
  });

  test("an answer of another kind altogether is told as such", async () => {
    const { api } = over(answer(200, []));
    expect((await failure(ResponseError, () => api.get(thing, schema))).message).toMatch(/the answer: .*object/);
  });

  test.each([
    ["an HTML page", page(200), /HTML page/],
    ["truncated JSON", answer(200, '{"id":"hush-hush'), /not valid JSON/],
    ["nothing", answer(200), /an empty answer/],
  ])("%s with status 200 is one clear message without any of it", async (_, response, kind) => {
    const { message } = await failure(ResponseError, () => over(response).api.get(thing, schema));
    expect(message).toMatch(kind);
    expect(message).toMatch(/asgardeo:baseUrl/);
    expect(message).not.toMatch(/hush-hush|\n/);
  });

  test("a page with status 200 does not pass for a successful write", async () => {
    const { api } = over(page(200));
    for (const write of [api.put(thing, {}), api.patch(thing, {}), api.post(things, {}), api.delete(thing)]) {
      await expect(write).rejects.toThrow(ResponseError);
    }
  });

  test("a write may be answered by anything else, or nothing", async () => {
    const { api } = over(answer(200), answer(204), answer(202, {}), answer(200, "ok"));
    await api.put(thing, {});
    await api.patch(thing, {});
    await api.post(things, {});
    await api.delete(thing);
  });
});

describe("create", () => {
  test.each([
    ["absolute", `${base}/api/server/v1/things/a-1`, "a-1"],
    ["relative", "/t/acme/api/server/v1/things/a-1", "a-1"],
    ["with a slash at its end, query and fragment", "/things/a-1/?x=/y#z/", "a-1"],
    ["encoded", "/things/a%3D%3D", "a=="],
  ])("the id is the last part of a Location that is %s", async (_, location, id) => {
    expect(await over(answer(201, "", { location })).api.create(things, {})).toBe(id);
  });

  test.each([
    undefined,
    "",
    "/",
    "?a=b",
    "a-1",
    "http://",
    "/things",
    "/things/",
    "/others/a-1",
    ...noIds.map((id) => `/things/${id}`),
  ])("a Location of %j is an error that leaves open whether the object was made", async (location) => {
    const { api } = over(answer(201, "", location === undefined ? {} : { location }));
    expect((await failure(ResponseError, () => api.create(things, {}))).message).toMatch(/Location/);
    expect(isAmbiguous(await failure(ResponseError, () => api.create(things, {})))).toBe(true);
  });
});

describe("errors", () => {
  const error = async (response: HttpResponse) => failure(ApiError, () => over(response).api.get(thing, schema));

  test("method, path, status, code, description and trace id are told", async () => {
    const { message, status, code, description } = await error(
      answer(409, { code: "APP-60007", message: "short", description: "name is taken", traceId: "9f2c" }),
    );
    expect(message).toBe("GET /api/server/v1/things/1: 409 APP-60007: name is taken (trace 9f2c)");
    expect({ status, code, description }).toEqual({ status: 409, code: "APP-60007", description: "name is taken" });
  });

  test("neither body nor query of the request is told", async () => {
    const { api } = over(answer(400, { code: "UE-10000", description: "bad" }));
    const write = await failure(ApiError, () => api.post(things, { clientSecret: "hush-hush" }));
    const read = await failure(ApiError, () => api.get(things, schema, { filter: "hush-hush" }));
    expect(write.message + read.message).not.toContain("hush-hush");
  });

  test("known secrets are masked in the server's words, and a code or trace id that has one is left out", async () => {
    const { api } = over(answer(400, { code: "X-hush-hush", description: "bad hush-hush", traceId: "hush-hush" }));
    api.keepSecret("hush-hush");
    const { message, description } = await failure(ApiError, () => api.get(thing, schema));
    expect(message).toBe("GET /api/server/v1/things/1: 400: bad [secret]");
    expect(description).toBe("bad [secret]");
  });

  test.each([302, 403, 404, 502])("a page with status %i is one clear line without any of it", async (status) => {
    const { message, code } = await error(page(status));
    expect(message).toMatch(new RegExp(`things/1: ${status}: no error of the server's own, but an HTML page.*baseUrl`));
    expect(message).not.toMatch(/hush-hush|\n/);
    expect(code).toBeUndefined();
  });

  test("a 403 that is no scope problem is told as the server says it", async () => {
    const { message } = await error(answer(403, { code: "APP-60503", description: "Limit reached" }));
    expect(message).toBe("GET /api/server/v1/things/1: 403 APP-60503: Limit reached");
  });

  test("a 401 that outlived a new token says what to check", async () => {
    const { message } = await error(answer(401, { code: 401, description: "Authorization failure." }));
    expect(message).toMatch(/401: Authorization failure\.; .*check the settings organization and baseUrl/);
  });

  test("a 429 that outlived all waiting says which setting to lower", async () => {
    expect((await error(answer(429))).message).toMatch(/429: .*requestsPerMinute/);
  });
});

describe("what is not there", () => {
  const thing = path`/api/server/v1/applications/${"1"}`;
  const gone = answer(404, { code: "APP-60006", description: "gone" });

  test("find answers undefined where the server proves it, and a part counts as deleted", async () => {
    const { api } = over(gone);
    expect(await api.find(thing, schema)).toBeUndefined();
    await api.deletePart(thing);
  });

  test("delete fails with an error that tells it, since an object has to be proved gone", async () => {
    expect(isGone(await failure(ApiError, () => over(gone).api.delete(thing)), thing.text)).toBe(true);
  });

  test("get fails with an error that tells it", async () => {
    const error = await failure(ApiError, () => over(gone).api.get(thing, schema));
    expect(isNotFound(error)).toBe(true);
  });

  test.each([
    ["a proxy's 404", page(404)],
    ["a 404 with an unknown code", answer(404, { code: "XYZ-1" })],
    ["the code with another status", answer(400, { code: "APP-60006" })],
    ["the code of another family", answer(404, { code: "API-RESOURCE-60002" })],
    ["401", answer(401, { code: 401 })],
    ["403", answer(403, { code: 403 })],
  ])("%s proves nothing", async (_, response) => {
    const { api } = over(response);
    await expect(api.find(thing, schema)).rejects.toThrow(ApiError);
    await expect(api.deletePart(thing)).rejects.toThrow(ApiError);
  });
});

describe("a collection", () => {
  test("is loaded once for all callers, also those with another permission", async () => {
    const { api } = over(answer(200));
    const load = jest.fn(async () => "value");
    const lamps = { load };
    const both = [api.kept(lamps), api.needing("internal_api_resource_view").kept(lamps)];
    expect(await Promise.all(both)).toEqual(["value", "value"]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  test("has one value for each key", async () => {
    const { api } = over(answer(200));
    const lamps = { load: jest.fn(async (_: unknown, key: string) => `lamps of ${key}`) };
    expect([await api.kept(lamps, "a"), await api.kept(lamps, "b"), await api.kept(lamps, "a")]).toEqual([
      "lamps of a",
      "lamps of b",
      "lamps of a",
    ]);
    expect(lamps.load).toHaveBeenCalledTimes(2);
  });

  test("that fails is told to all who wait, and not kept", async () => {
    const { api } = over(answer(200));
    const lamps = { load: jest.fn().mockRejectedValueOnce(new Error("cut")).mockResolvedValue("value") };
    const both = await Promise.allSettled([api.kept(lamps), api.kept(lamps)]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await api.kept(lamps)).toBe("value");
    expect(lamps.load).toHaveBeenCalledTimes(2);
  });

  test("whose loader throws at once is a failure like any other", async () => {
    const { api } = over(answer(200));
    const lamps = {
      load: () => {
        throw new Error("at once");
      },
    };
    await expect(api.kept(lamps)).rejects.toThrow("at once");
  });

  test("that is asked for afresh is loaded again, also while the old load is under way", async () => {
    const { api } = over(answer(200));
    const old = deferred<string>();
    const lamps = { load: jest.fn().mockReturnValueOnce(old.promise).mockResolvedValue("new") };
    const first = api.kept(lamps);
    const second = api.afresh(lamps);
    old.resolve("old");
    expect([await first, await second, await api.kept(lamps)]).toEqual(["old", "new", "new"]);
  });

  test("keeps its new value where an old load fails late", async () => {
    const { api } = over(answer(200));
    const old = deferred<string>();
    const lamps = { load: jest.fn().mockReturnValueOnce(old.promise).mockResolvedValueOnce("new") };
    const first = api.kept(lamps);
    api.drop(lamps);
    await api.kept(lamps);
    old.reject(new Error("late"));
    await expect(first).rejects.toThrow("late");
    expect(await api.kept(lamps)).toBe("new");
  });
});

describe("inTurn", () => {
  test("work with the same key runs one after the other, in the order of the calls", async () => {
    const { api } = over(answer(200));
    const log: string[] = [];
    const gate = deferred<void>();
    const work = (name: string, wait?: Promise<void>) => async () => {
      log.push(`${name} begins`);
      await wait;
      log.push(`${name} ends`);
      return name;
    };
    const all = [api.inTurn("k", work("a", gate.promise)), api.inTurn("k", work("b")), api.inTurn("k", work("c"))];
    gate.resolve();
    expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  test("work with another key does not wait", async () => {
    const { api } = over(answer(200));
    void api.inTurn("k", () => new Promise(() => {}));
    expect(await api.inTurn("other", async () => "done")).toBe("done");
  });

  test("work that fails, even at once, fails its caller alone", async () => {
    const { api } = over(answer(200));
    const results = await Promise.allSettled([
      api.inTurn("k", async () => Promise.reject(new Error("late"))),
      api.inTurn("k", () => {
        throw new Error("at once");
      }),
      api.inTurn("k", async () => "done"),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  });
});
