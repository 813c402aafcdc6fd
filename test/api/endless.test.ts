import { z } from "zod";
import { Api } from "../../provider/api/api";
import { byCursor, byOffset, byStartIndex, listed } from "../../provider/api/lists";
import type { Pages } from "../../provider/api/pages";
import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import type { ApiRequest } from "../../provider/api/token";
import { ResponseError } from "../../provider/errors";
import { answer, failure } from "../support/client";

const item = z.looseObject({ id: z.string() });
const page = z.looseObject({ ...listed, things: z.array(item) });
const things = path`/api/server/v1/things`;
const roles = path`/scim2/v2/Roles`;

/** What a page of a broken server says, whatever kind of list it is. */
interface Said {
  readonly total: unknown;
  readonly items: readonly { readonly id: string }[];
  /** The cursor of the next page, for lists that have one. */
  readonly next: string;
}

/** `count` items, beginning with the one after `from`. */
const some = (count: number, from = 0) => Array.from({ length: count }, (_, i) => ({ id: `${from + i + 1}` }));

type Kind = (api: Api) => Pages<{ id: string }>;

const kinds: Readonly<Record<string, readonly [list: Kind, body: (said: Said) => object]>> = {
  offset: [
    (api) => byOffset(api, things, page, (each) => each.things),
    ({ total, items }) => ({ totalResults: total, things: items }),
  ],
  cursor: [
    (api) => byCursor(api, things, page, (each) => each.things),
    ({ total, items, next }) => ({
      totalResults: total,
      things: items,
      links: [{ rel: "next", href: `?after=${next}` }],
    }),
  ],
  SCIM: [(api) => byStartIndex(api, roles, item), ({ total, items }) => ({ totalResults: total, Resources: items })],
};

/** An API with one list without end, and how often it was asked. */
function server(answers: (round: number) => object) {
  let asked = 0;
  const send = async (_: ApiRequest) => answer(200, answers(asked++));
  const api = Api.over(Object.assign(send, { require: async () => {} }), "http://127.0.0.1", new Secrets());
  return { api, asked: () => asked };
}

/** What the server does wrong, how it says so round by round, and the most requests that this may cost. */
const rows: readonly (readonly [what: string, says: (round: number) => Said, most: number])[] = [
  ["a total of 10^15", (n) => ({ total: 1e15, items: some(2, 2 * n), next: `${n}` }), 1],
  ["a total that no number can hold", (n) => ({ total: 1e308, items: some(2, 2 * n), next: `${n}` }), 1],
  ["a total below nothing", (n) => ({ total: -1, items: some(2, 2 * n), next: `${n}` }), 1],
  ["a fraction as total", (n) => ({ total: 2.5, items: some(2, 2 * n), next: `${n}` }), 1],
  ["no number as total", (n) => ({ total: "NaN", items: some(2, 2 * n), next: `${n}` }), 1],
  ["null as total", (n) => ({ total: null, items: some(2, 2 * n), next: `${n}` }), 1],
  ["more pages than anybody can wait for", (n) => ({ total: 500_000, items: some(2, 2 * n), next: `${n}` }), 1],
  ["the same page for ever", () => ({ total: 9, items: some(2), next: "x" }), 4],
  ["two pages in a circle", (n) => ({ total: 9, items: some(2, 2 * (n % 2)), next: `${n % 2}` }), 6],
  ["the same page with an ever-new cursor", (n) => ({ total: 9, items: some(2), next: `${n}` }), 4],
  ["empty pages, and always a next one", (n) => ({ total: 9, items: [], next: `${n}` }), 2],
  ["an empty page behind the first", (n) => ({ total: 9, items: n === 0 ? some(2) : [], next: `${n}` }), 3],
  ["a total that runs away", (n) => ({ total: 3 + 2 * n, items: some(1, n), next: `${n}` }), 16],
  [
    "pages that shrink to one item",
    (n) => ({ total: 3000, items: n === 0 ? some(100) : some(1, 99 + n), next: `${n}` }),
    70,
  ],
];

describe.each(Object.entries(kinds))("a list by %s", (_, [list, body]) => {
  test.each(rows)("with %s is an error in a sentence, after a bounded number of requests", async (_, says, most) => {
    const { api, asked } = server((round) => body(says(round)));
    const { message } = await failure(ResponseError, () => list(api).all());
    expect(message).toMatch(/^GET \/[^:]+: .*(has no end|contradicts itself|has not the expected shape): .{10,}$/);
    expect(message.length).toBeLessThan(400);
    expect(asked()).toBeLessThanOrEqual(most);
  });

  test("of 20,000 items is read in as many requests as it has pages", async () => {
    const size = 30;
    const total = 20_000;
    const { api, asked } = server((n) => {
      const items = some(Math.min(size, total - n * size), n * size);
      const isLast = (n + 1) * size >= total;
      const { links, ...rest } = body({ total, items, next: `${n}` }) as { links?: object };
      return isLast ? rest : { ...rest, ...(links && { links }) };
    });
    expect(await list(api).all()).toHaveLength(total);
    expect(asked()).toBe(Math.ceil(total / size));
  });
});

test("ids that are new for ever end where the total of the first page says, and a little behind", async () => {
  const [list, body] = kinds.cursor ?? [];
  if (!list || !body) throw new Error("no list by cursor");
  const { api, asked } = server((n) => body({ total: 40, items: some(10, 10 * n), next: `${n}` }));
  const { message } = await failure(ResponseError, () => list(api).all());
  expect(message).toContain("has no end: it goes on after 18 pages");
  expect(asked()).toBe(18);
});

test("a tenant with more applications than anybody reads page by page can be looked at nevertheless", async () => {
  const [list, body] = kinds.offset ?? [];
  if (!list || !body) throw new Error("no list by offset");
  const pages = list(server(() => body({ total: 90_000, items: some(30), next: "" })).api);
  expect(await pages.next()).toHaveLength(30);
  expect(pages.left).toBe(2999);
});
