import { authenticationSequenceArgs } from "../../../provider/resources/application/authentication-sequence";
import {
  authenticationSequenceClearsScript as clearsScript,
  authenticationSequenceFromWire as fromWire,
  authenticationSequenceNeedsLive as needsLive,
  authenticationSequenceToCreate as toCreate,
  authenticationSequenceToPatch as toPatch,
  authenticationSequenceWire as wire,
} from "../../../provider/resources/application/authentication-sequence.wire";
import { fixture } from "./fixture";
import { issuesOf } from "./issues";

const password = { options: [{ idp: "LOCAL", authenticator: "BasicAuthenticator" }] };
const code = { options: [{ idp: "LOCAL", authenticator: "totp" }] };

const live = wire.parse({
  type: "USER_DEFINED",
  steps: [
    { id: 2, ...code },
    { id: 1, ...password },
  ],
  requestPathAuthenticators: [],
  script: "",
  subjectStepId: 1,
  attributeStepId: 2,
});

test("steps are numbered by their order and make the flow a user-defined one", () => {
  expect(toCreate({ steps: [password, code] })).toEqual({
    type: "USER_DEFINED",
    steps: [
      { id: 1, ...password },
      { id: 2, ...code },
    ],
  });
});

test("the live steps are told in their order, without their numbers", () => {
  expect(fromWire(live)).toEqual({
    type: "USER_DEFINED",
    steps: [password, code],
    requestPathAuthenticators: [],
    subjectStepId: 1,
    attributeStepId: 2,
  });
});

test("the steps of the tenant's own flow are not the application's", () => {
  const application = fixture("application-get-basic.response.json");
  const sequence = application?.authenticationSequence ?? { type: "DEFAULT", steps: [{ id: 1, ...password }] };
  expect(fromWire(wire.parse(sequence))).toEqual({ type: "DEFAULT" });
});

test("the steps that tell subject and attributes stay where the program does not name them", () => {
  expect(needsLive({ steps: [password] }, undefined)).toBe(true);
  expect(toPatch(live, { steps: [password, code], script: "x" }, undefined)).toEqual({
    type: "USER_DEFINED",
    steps: [
      { id: 1, ...password },
      { id: 2, ...code },
    ],
    script: "x",
    subjectStepId: 1,
    attributeStepId: 2,
  });
});

test("a flow that is declared in full needs no look at the server", () => {
  expect(needsLive({ steps: [password], subjectStepId: 1, attributeStepId: 1 }, undefined)).toBe(false);
  expect(needsLive(undefined, { steps: [password] })).toBe(false);
});

test("what was declared and is no longer goes back to the default", () => {
  const old = { steps: [password, code], subjectStepId: 2, attributeStepId: 2, requestPathAuthenticators: ["x"] };
  expect(needsLive({ steps: [password, code] }, old)).toBe(false);
  expect(toPatch(undefined, { steps: [password] }, old)).toEqual({
    type: "USER_DEFINED",
    steps: [{ id: 1, ...password }],
    subjectStepId: 1,
    attributeStepId: 1,
    requestPathAuthenticators: [],
  });
  expect(toPatch(undefined, undefined, old)).toEqual({ type: "DEFAULT", requestPathAuthenticators: [] });
  expect(toPatch(undefined, { type: "DEFAULT" }, { steps: [password] })).toEqual({ type: "DEFAULT" });
});

test("the tenant's own flow is not sent to an application that has it", () => {
  expect(toPatch(wire.parse({ type: "DEFAULT" }), { type: "DEFAULT" }, { steps: [password] })).toBeUndefined();
  expect(toPatch(undefined, { type: "DEFAULT" }, { type: "DEFAULT" })).toBeUndefined();
  expect(toPatch(undefined, undefined, undefined)).toBeUndefined();
  expect(toPatch(undefined, undefined, { type: "DEFAULT" })).toBeUndefined();
  expect(needsLive({ type: "DEFAULT" }, undefined)).toBe(true);
  expect(toPatch(live, { type: "DEFAULT" }, undefined)).toEqual({ type: "DEFAULT" });
});

test("a script that is dropped from a flow that stays is made known: a PATCH cannot remove it", () => {
  expect(clearsScript({ steps: [password] }, { steps: [password], script: "x" })).toBe(true);
  expect(clearsScript({ steps: [password], script: "y" }, { steps: [password], script: "x" })).toBe(false);
  expect(clearsScript(undefined, { steps: [password], script: "x" })).toBe(false);
});

test.each([
  [{ steps: [] }, "steps"],
  [{ steps: [{ options: [] }] }, "steps.0.options"],
  [{ type: "USER_DEFINED" }, "steps"],
  [{ script: "x" }, "steps"],
  [{ type: "DEFAULT", steps: [password] }, "steps"],
  [{ type: "DEFAULT", script: "x" }, "script"],
  [{ steps: [password], subjectStepId: 2 }, "subjectStepId"],
  [{ steps: [password], attributeStepId: 0 }, "attributeStepId"],
  [{ steps: [{ id: 1, ...password }] }, "steps.0"],
])("%j is refused at %s", (args, path) => {
  expect(issuesOf(authenticationSequenceArgs, args)).toEqual([path]);
});
