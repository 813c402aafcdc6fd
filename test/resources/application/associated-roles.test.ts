import {
  associatedRolesArgs,
  associatedRolesFromWire as fromWire,
  associatedRolesNeedsLive as needsLive,
  associatedRolesToCreate as toCreate,
  associatedRolesToPatch as toPatch,
  associatedRolesWire as wire,
} from "../../../provider/resources/application/associated-roles";
import { issuesOf } from "./issues";

const application = { allowedAudience: "APPLICATION" } as const;
const organization = { allowedAudience: "ORGANIZATION" } as const;
const live = wire.parse({ ...application, roles: [{ id: "r", name: "reader" }] });

test("the audience is sent on creation and told on reading, the roles are not ours", () => {
  expect(toCreate(application)).toEqual(application);
  expect(fromWire(live)).toEqual(application);
  expect(fromWire(undefined)).toEqual(organization);
});

test("an audience that stays is not sent, so that the roles stay", () => {
  expect(needsLive(application)).toBe(true);
  expect(toPatch(live, application)).toBeUndefined();
  expect(toPatch(wire.parse(organization), organization)).toBeUndefined();
});

test("an audience that changes is sent without roles, which the server would refuse", () => {
  expect(needsLive(organization)).toBe(true);
  expect(toPatch(live, organization)).toEqual(organization);
  expect(toPatch(wire.parse(organization), application)).toEqual(application);
});

test("an audience that is no longer declared stays as it is", () => {
  expect(needsLive(undefined)).toBe(false);
  expect(toPatch(undefined, undefined)).toBeUndefined();
});

test("an unknown audience is refused", () => {
  expect(issuesOf(associatedRolesArgs, { allowedAudience: "ALL" })).toEqual(["allowedAudience"]);
  expect(issuesOf(associatedRolesArgs, {})).toEqual(["allowedAudience"]);
});
