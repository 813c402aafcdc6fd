import { z } from "zod";
import { Api } from "../../provider/api/api";
import { Effort, longestEffort, refuseBeyond, withEffort } from "../../provider/api/effort";
import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import type { ApiRequest } from "../../provider/api/token";
import { answer, fakeClock, scripted } from "../support/client";

test("all requests of an operation share their time, and no two operations do", async () => {
  const send = scripted<ApiRequest>(answer(200, {}));
  const api = Api.over(Object.assign(send, { require: async () => {} }), "http://127.0.0.1", new Secrets());
  const permission = { access: "view", needs: [], optional: [] } as const;
  const [one, other] = [api.permitted(permission), api.permitted(permission)];
  await one.get(path`/a`, z.object({}));
  await one.needing("internal_application_mgt_view").get(path`/a`, z.object({}));
  await other.get(path`/a`, z.object({}));
  const [first, second, third] = send.sent.map(({ effort }) => effort);
  expect(first).toBeInstanceOf(Effort);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("an attempt counts whether it is answered or not, and only for an operation", async () => {
  const clock = fakeClock();
  const effort = new Effort();
  const sending = withEffort(async () => {
    clock.time += 700;
    throw new Error("cut");
  }, clock);
  const request = { method: "GET", url: "http://127.0.0.1/" } as const;
  await expect(sending({ ...request, effort })).rejects.toThrow("cut");
  await expect(sending(request)).rejects.toThrow("cut");
  expect(effort.spent).toBe(700);
});

test("the limit grows with the time limit of one request, and is never below it", () => {
  expect(longestEffort(30)).toBe(300_000);
  expect(longestEffort(600)).toBe(6_000_000);
});

test("the message has no query, which may hold what nobody should see", () => {
  const effort = Object.assign(new Effort(), { spent: 2000 });
  const refuse = () => refuseBeyond(1000, { method: "GET", url: "http://127.0.0.1/a?b=hush", effort });
  expect(refuse).toThrow(/^GET \/a: not sent, since this operation has spent 2 s on its requests; 1 s are the limit/);
  expect(refuse).not.toThrow(/hush/);
});
