import { z } from "zod";
import { Api } from "../../provider/api/api";
import type { HttpResponse } from "../../provider/api/exchange";
import { byCursor, byOffset, byStartIndex, inOne, listed } from "../../provider/api/lists";
import type { Pages } from "../../provider/api/pages";
import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import type { ApiRequest } from "../../provider/api/token";
import { answer } from "../support/client";

const item = z.looseObject({ id: z.string() });
const page = z.looseObject({ ...listed, things: z.array(item) });
const things = path`/api/server/v1/things`;
const roles = path`/scim2/v2/Roles`;

/** `count` items, beginning with the one after `from`. */
const some = (count: number, from = 0) => Array.from({ length: count }, (_, i) => ({ id: `${from + i + 1}` }));

type Query = Readonly<Record<string, string>>;

/** An API with one list, and what it was asked for. */
function server(answers: (query: Query, round: number) => unknown) {
  const asked: Query[] = [];
  const send = async ({ url }: ApiRequest): Promise<HttpResponse> => {
    const query = Object.fromEntries(new URL(url).searchParams);
    const body = answers(query, asked.push(query) - 1);
    return body instanceof Error ? answer(500) : answer(200, body);
  };
  const api = Api.over(Object.assign(send, { require: async () => {} }), "http://127.0.0.1", new Secrets());
  return { api, asked };
}

const next = (href: string) => [{ rel: "next", href }];
const ids = async (pages: Pages<{ id: string }>) => (await pages.all()).map(({ id }) => id);
const upTo = (count: number) => some(count).map(({ id }) => id);

describe("a list by offset", () => {
  const pages = (api: Api, query?: { filter: string }) => byOffset(api, things, page, (each) => each.things, query);
  /** As the server does it: no more than two on a page. */
  const cutDown = (total: number) =>
    server(({ offset }) => ({
      totalResults: total,
      things: some(Math.min(2, total - Number(offset)), Number(offset)),
    }));

  test("steps by what has come, since the server may cut the size of a page down", async () => {
    const { api, asked } = cutDown(5);
    expect(await ids(pages(api, { filter: "name sw a" }))).toEqual(upTo(5));
    expect(asked).toEqual(["0", "2", "4"].map((offset) => ({ filter: "name sw a", limit: "100", offset })));
  });

  test("costs no request for a page that the total does not promise", async () => {
    const { api, asked } = cutDown(4);
    expect(await ids(pages(api))).toHaveLength(4);
    expect(asked).toHaveLength(2);
  });

  test("is read no further than somebody wants it, and tells about how far it goes", async () => {
    const { api, asked } = cutDown(5);
    const list = pages(api);
    expect([list.left, asked.length]).toEqual([1, 0]);
    expect(await list.next()).toEqual(some(2));
    expect([list.left, list.isOver, asked.length]).toEqual([2, false, 1]);
    await list.next();
    expect(list.items).toHaveLength(4);
    await list.next();
    expect([list.left, list.isOver]).toEqual([0, true]);
    expect(await list.next()).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  test("that grows while it is read has each item once, and is read once more before it counts", async () => {
    const { api, asked } = server((_, round) => ({
      totalResults: round === 0 ? 3 : 4,
      things: [some(2), some(2, 1), some(4)][round],
    }));
    expect(await ids(pages(api))).toEqual(upTo(4));
    expect(asked.map(({ offset }) => offset)).toEqual(["0", "2", "0"]);
  });

  test("that shrinks while it is read may have lost an item between two pages, so it does not count", async () => {
    // What was on the first page is deleted, and the third item moves there.
    const { api } = server(({ offset }, round) =>
      round === 0
        ? { totalResults: 5, things: some(2) }
        : { totalResults: 4, things: offset === "0" ? some(4, 1) : some(2, 3) },
    );
    expect(await ids(pages(api))).toEqual(["2", "3", "4", "5"]);
  });

  test("is read on after a failure, from the page that failed", async () => {
    const { api } = server(({ offset }, round) =>
      round === 1 ? new Error("cut") : { totalResults: 3, things: some(1, Number(offset)) },
    );
    const list = pages(api);
    await list.next();
    await expect(list.next()).rejects.toThrow("500");
    expect(await ids(list)).toEqual(upTo(3));
  });
});

describe("a list by cursor", () => {
  const pages = (api: Api, query?: { filter: string }) => byCursor(api, things, page, (each) => each.things, query);

  test("goes where the links lead, whatever the total says, which shrinks from page to page", async () => {
    const { api, asked } = server((_, round) => ({
      totalResults: 3 - round,
      things: some(1, round),
      ...(round < 2 && { links: next(`https://elsewhere.example.com/x?limit=1&after=c%3D${round}`) }),
    }));
    expect(await ids(pages(api, { filter: "name sw a" }))).toEqual(upTo(3));
    expect(asked).toEqual([
      { limit: "100", filter: "name sw a" },
      { limit: "100", filter: "name sw a", after: "c=0" },
      { limit: "100", filter: "name sw a", after: "c=1" },
    ]);
  });

  test("tells about how far it goes, from page to page", async () => {
    const { api } = server((_, round) => ({
      totalResults: 9 - round,
      things: some(1, round),
      links: next(`?after=${round}`),
    }));
    const list = pages(api);
    await list.next();
    expect(list.left).toBe(8);
    await list.next();
    expect(list.left).toBe(7);
  });

  test.each([
    ["names its pages in a circle", next("?after=x")],
    ["has a link that is none", next("http://")],
    ["has a link without a cursor", next("?after=")],
    ["leads back only", [{ rel: "previous", href: "?before=x" }]],
    ["has no links", null],
  ])("ends at a server that %s", async (_, links) => {
    const { api, asked } = server(() => ({ totalResults: 2, things: some(2), links }));
    expect(await ids(pages(api))).toEqual(upTo(2));
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  test("may have nothing at all", async () => {
    expect(await pages(server(() => ({ totalResults: 0, things: [] })).api).all()).toEqual([]);
  });
});

describe("a list of SCIM", () => {
  /** As the server does it: no more than two on a page, and no `Resources` on an empty one. */
  const scim = (total: number) =>
    server(({ startIndex, count }) => {
      const from = Number(startIndex) - 1;
      const size = Math.min(2, Number(count), total - from);
      return { totalResults: total, startIndex: from + 1, ...(size > 0 && { Resources: some(size, from) }) };
    });

  test("is counted from 1", async () => {
    const { api, asked } = scim(5);
    expect(await ids(byStartIndex(api, roles, item, { filter: "displayName eq x" }))).toEqual(upTo(5));
    expect(asked.map(({ startIndex }) => startIndex)).toEqual(["1", "3", "5"]);
    expect(asked[0]).toEqual({ filter: "displayName eq x", startIndex: "1", count: "100" });
  });

  test("may be empty", async () => {
    const { api, asked } = scim(0);
    expect(await byStartIndex(api, roles, item).all()).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});

test("a bare array is a list of one page, asked for without a word about pages", async () => {
  const { api, asked } = server(() => [{ name: "a" }, { name: "b" }]);
  const list = inOne(api, path`/api/server/v1/oidc/scopes`, z.object({ name: z.string() }), ({ name }) => name);
  expect(await list.all()).toEqual([{ name: "a" }, { name: "b" }]);
  expect(list.left).toBe(0);
  expect(asked).toEqual([{}]);
});

test("a page that has not the promised shape is an error with the path of what is wrong", async () => {
  const { api } = server(() => ({ totalResults: 1, Resources: [{ id: 1 }] }));
  await expect(byStartIndex(api, roles, item).all()).rejects.toThrow(/^GET \/scim2\/v2\/Roles: .*Resources\.0\.id/);
});
