import * as fc from "fast-check";
import type { Answer } from "./change";

/** What a server does that is broken, or another server altogether: its answers are well-formed and not so. */
export type Hostile = { readonly kind: "denial"; readonly lists: ListLie } | ListLie;

/** What such a server does to lists. */
type ListLie =
  | { readonly kind: "error"; readonly form: keyof typeof errors; readonly status: number | undefined }
  | { readonly kind: "empty"; readonly total: number | undefined }
  | { readonly kind: "endless"; readonly total: number; readonly size: number; readonly fresh: boolean }
  | { readonly kind: "text"; readonly text: string };

/** Errors in all forms; none has a code by which an object is gone. */
const errors = {
  management: { code: "APP-65001", message: "Failed.", description: "Server encountered an error.", traceId: "t" },
  unknown: { code: "APP-99999", message: "Not found.", description: "Not found.", traceId: "t" },
  part: { code: "APP-60502", message: "Not found.", description: "Inbound protocol is not configured.", traceId: "t" },
  gateway: { code: 900800, message: "Throttled", description: "Too many requests" },
  scim: { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "404", detail: "Not found." },
  oauth: { error: "server_error", error_description: "Failed." },
};

/** Whole bodies that are no answer to anything. */
const bodies = [
  "{}",
  "null",
  "[]",
  "",
  '""',
  '{"totalResults":0}',
  '{"totalResults":5,"applications":[],"apiResources":[]}',
];

export const listLie: fc.Arbitrary<ListLie> = fc.oneof(
  fc.record({
    kind: fc.constant("error" as const),
    form: fc.constantFrom(...(Object.keys(errors) as (keyof typeof errors)[])),
    status: fc.constantFrom(undefined, 200, 404),
  }),
  fc.record({ kind: fc.constant("empty" as const), total: fc.constantFrom(undefined, 1, 5, -1, 1e15) }),
  fc.record({
    kind: fc.constant("endless" as const),
    total: fc.constantFrom(3, 9, 40, 900_000, 1e15),
    size: fc.constantFrom(0, 1, 10),
    fresh: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("text" as const), text: fc.constantFrom(...bodies) }),
);

/** To come with every answer from the first on: one alone is an answer of some seconds ago. */
export const denial: fc.Arbitrary<Hostile> = fc.record({ kind: fc.constant("denial" as const), lists: listLie });

let round = 0;

/** The answer as such a server gives it. What is no list is left alone where the change is about lists. */
export function twisted(answer: Answer, change: Hostile): Answer {
  switch (change.kind) {
    case "denial":
      return denied(answer, change.lists);
    case "text":
      return { ...answer, text: change.text };
    case "error":
      return {
        status: change.status ?? answer.status,
        headers: { ...answer.headers, "content-type": "application/json" },
        text: JSON.stringify(errors[change.form]),
      };
    case "empty":
      return list(answer, ({ totalResults: _, ...rest }, member) => ({
        ...rest,
        ...(change.total !== undefined && { totalResults: change.total }),
        [member]: [],
      }));
    case "endless":
      return list(answer, (document, member) => {
        const from = change.fresh ? change.size * round++ : 0;
        const items = Array.from({ length: change.size }, (_, i) => ({
          id: `made-up-${from + i}`,
          name: `Made up ${from + i}`,
          identifier: `made:up:${from + i}`,
        }));
        const links = [{ rel: "next", href: `?after=${change.fresh ? round : "x"}` }];
        return {
          ...document,
          totalResults: change.total,
          startIndex: undefined,
          count: undefined,
          [member]: items,
          links,
        };
      });
  }
}

/** Says of each object that it is not there, in the words of its API, and lies about lists. */
function denied(answer: Answer, lists: ListLie): Answer {
  const document: unknown = answer.text === "" ? undefined : JSON.parse(answer.text);
  if (answer.status !== 200 || typeof document !== "object" || document === null) return answer;
  if ("totalResults" in document) return twisted(answer, lists);
  const code = "identifier" in document ? "API-RESOURCE-60002" : "APP-60006";
  const isObject = "identifier" in document || "applicationEnabled" in document || "grantTypes" in document;
  return isObject ? { ...answer, status: 404, text: JSON.stringify({ code, message: "m", description: "d" }) } : answer;
}

function list(answer: Answer, edit: (document: Record<string, unknown>, member: string) => object): Answer {
  const document: unknown = answer.text === "" ? undefined : JSON.parse(answer.text);
  if (typeof document !== "object" || document === null || !("totalResults" in document)) return answer;
  const member = "applications" in document ? "applications" : "apiResources";
  return { ...answer, text: JSON.stringify(edit(document as Record<string, unknown>, member)) };
}
