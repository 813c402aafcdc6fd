import type { TypeName } from "../support/managed";
import { problemsOf } from "./case";
import type { Change } from "./change";
import { operations } from "./operations";
import { fuzzedTenant } from "./tenant";

const long = "x".repeat(9000);
const edit = (change: (document: Record<string, unknown>) => object | undefined, status?: number): Change => ({
  kind: "edit",
  edit: change,
  ...(status !== undefined && { status }),
});
const pages = (href: (round: number) => string) => {
  let round = 0;
  return edit(
    (document) =>
      // A page of this server's, or its refusal of a cursor that it did not give.
      "apiResources" in document || "code" in document
        ? { apiResources: document.apiResources ?? [], links: [{ rel: "next", href: href(round++) }] }
        : undefined,
    200,
  );
};

/** What the tests in answers.test.ts have found, and reading the code for them: each made an operation end badly. */
const found: readonly [what: string, type: TypeName, operation: string, change: Change][] = [
  [
    "an answer that is nested too deep for the stack",
    "Application",
    "update",
    { kind: "add", place: 0, name: "unexpected", value: "deep object" },
  ],
  [
    "a client id that is empty",
    "Application",
    "read",
    edit((document) => ("clientSecret" in document ? { ...document, clientId: "" } : undefined)),
  ],
  [
    "an error code and a trace id of any length",
    "ApiResource",
    "update of a lost one",
    edit((document) => ("code" in document ? { ...document, code: long, traceId: long } : undefined)),
  ],
  [
    "an OAuth error of any length",
    "Application",
    "read",
    edit((document) => ("access_token" in document ? { error: long, error_description: long } : undefined), 400),
  ],
  ["a next page that is no URL", "ApiAuthorization", "create", pages(() => "http://")],
  ["next pages in a circle", "ApiAuthorization", "create", pages((round) => `?after=${round % 2}`)],
];

const tenant = fuzzedTenant();

test.each(found)("%s lets an operation end in order", async (_, type, name, change) => {
  const operation = operations[name];
  if (!operation) throw new Error(`no operation ${name}`);
  const problems = await problemsOf(operation, tenant().sample(type), { answer: 0, stays: true, change }, tenant());
  expect(problems).toEqual([]);
});
