import fc from "fast-check";
import type { FaultRule } from "../../sandbox/index";

const applications = "/api/server/v1/applications";
const apis = "/api/server/v1/api-resources";

const choice = {
  skip: fc.nat(3),
  times: fc.integer({ min: 1, max: 3 }),
  probability: fc.constantFrom(0.5, 0.8),
  seed: fc.nat(99),
};
const path = fc.constantFrom(
  "/api/**",
  "/api/**",
  applications,
  `${applications}/*`,
  `${applications}/*/inbound-protocols/oidc`,
  `${applications}/*/authorized-apis`,
  apis,
  `${apis}/*`,
  "/oauth2/token",
);
const writing = fc.constantFrom("POST", "PUT", "PATCH", "DELETE");

/** What a server may answer with 200 that says nothing of what there is. A list alone would: it can be that of all links. */
const content = fc.constantFrom<unknown>(
  {},
  null,
  "all is well",
  { code: "APP-65001", message: "Server encountered an error.", description: "The database does not answer." },
  { totalResults: 5, startIndex: 1, count: 0, applications: [] },
  { totalResults: 5, apiResources: [] },
);

const wrongRead: fc.Arbitrary<FaultRule> = fc.record(
  {
    ...choice,
    kind: fc.constant("status" as const),
    status: fc.constant(200),
    method: fc.constant("GET"),
    path,
    content,
  },
  { requiredKeys: ["kind", "times", "status", "method", "content"] },
);

/** The change is made, and nobody can tell by the answer. What says that a change was made which was not is left out. */
const wrongWrite: fc.Arbitrary<FaultRule> = fc.record(
  {
    ...choice,
    kind: fc.constant("status" as const),
    status: fc.constant(200),
    method: writing,
    path,
    content,
    when: fc.constant("after" as const),
  },
  { requiredKeys: ["kind", "times", "status", "method", "content", "when"] },
);

/** An object is said to be gone, and the list that has to confirm it does not. */
const unproved: fc.Arbitrary<FaultRule[]> = fc
  .record({
    place: fc.constantFrom({ list: applications, code: "APP-60006" }, { list: apis, code: "API-RESOURCE-60002" }),
    said: content,
    method: fc.constantFrom("GET", undefined),
    times: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ place: { list, code }, said, method, times }) => [
    {
      kind: "status",
      status: 404,
      content: { code, message: "Not found.", description: "It is not there.", traceId: "1" },
      ...(method && { method }),
      path: `${list}/*`,
      times,
    },
    { kind: "status", status: 200, content: said, method: "GET", path: list, times: 2 * times },
  ]);

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** Answers that are right but for a part of them, as a function of the right ones. */
const changes = {
  /** A page of a list that has lost its objects, and not their number. */
  emptied: (body: unknown) =>
    typeof body === "object" && body !== null && "totalResults" in body && Number(body.totalResults) > 0
      ? Object.fromEntries(Object.entries(body).map(([key, value]) => [key, isList(value) ? [] : value]))
      : body,
  wrapped: (body: unknown) => ({ data: body }),
  nothing: () => null,
};

const changed: fc.Arbitrary<FaultRule> = fc.record(
  {
    ...choice,
    kind: fc.constant("mutate" as const),
    mutate: fc.constantFrom(...Object.values(changes)),
    method: fc.constant("GET"),
    path,
  },
  { requiredKeys: ["kind", "times", "mutate", "method"] },
);

/** Far more than the provider reads. Each takes its time, so there are few. */
const flood: fc.Arbitrary<FaultRule> = fc.record(
  {
    kind: fc.constant("flood" as const),
    bytes: fc.constant(17_000_000),
    times: fc.constant(1),
    skip: choice.skip,
    method: fc.constantFrom("GET", "POST", "DELETE"),
    when: fc.constantFrom("before" as const, "after" as const),
  },
  { requiredKeys: ["kind", "bytes", "times", "when"] },
);

const diskFull: fc.Arbitrary<FaultRule> = fc.record(
  { kind: fc.constant("disk-full" as const), times: choice.times, skip: choice.skip, method: writing },
  { requiredKeys: ["kind", "times"] },
);

/** Rules of a server that is broken: what it says is wrong, too large, or no longer kept. */
export const wrongAnswers: fc.Arbitrary<FaultRule[]> = fc.oneof(
  { weight: 4, arbitrary: unproved },
  { weight: 4, arbitrary: alone(wrongRead) },
  { weight: 4, arbitrary: alone(wrongWrite) },
  { weight: 4, arbitrary: alone(changed) },
  { weight: 1, arbitrary: alone(flood) },
  { weight: 4, arbitrary: alone(diskFull) },
);

function alone(rule: fc.Arbitrary<FaultRule>): fc.Arbitrary<FaultRule[]> {
  return rule.map((one) => [one]);
}
