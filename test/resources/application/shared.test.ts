import { reconnected, type TestTenant, testTenant } from "../../support/managed";

let tenant: TestTenant;
let organizations: { organization: string }[];
beforeAll(async () => {
  tenant = await testTenant();
  const { id } = await tenant.sandbox.console("POST", "/api/server/v1/organizations", { name: "One" });
  organizations = [{ organization: id ?? "" }];
});
afterAll(() => tenant.close());

const option = (idp: string, authenticator: string) => ({ idp, authenticator });
const password = option("LOCAL", "BasicAuthenticator");
const login = option("SSO", "OrganizationAuthenticator");
const code = option("LOCAL", "totp");
const flow = (...steps: object[][]) => ({
  type: "USER_DEFINED",
  steps: steps.map((options) => ({ options })),
});

interface Live {
  authenticationSequence: { type: string; steps: { options: object[] }[] };
  claimConfiguration: { subject: { useMappedLocalSubject: boolean; includeUserDomain: boolean } };
}

let count = 0;
/** An application of these args that is shared with an organization. */
async function shared(more: object) {
  const args = { name: `Shared ${++count}`, ...more };
  const app = tenant.resource("Application");
  await app.up(args);
  const share = tenant.resource("ApplicationShare");
  await share.up({ application: app.id, organizations });
  const live = () => tenant.live<Live>(`/applications/${app.id}`);
  expect((await live()).authenticationSequence.steps[0]?.options).toContainEqual(login);
  return { args, app, share, live };
}

test.each([
  ["none", {}],
  ["the tenant's own", { authenticationSequence: { type: "DEFAULT" } }],
  ["steps of its own", { authenticationSequence: flow([password], [code]) }],
  ["the sign-in of organizations itself", { authenticationSequence: flow([password, login]) }],
  ["a subject that is not mapped", { claimConfiguration: { subject: { useMappedLocalSubject: false } } }],
  [
    "all of it",
    {
      authenticationSequence: flow([password]),
      claimConfiguration: { subject: { useMappedLocalSubject: false, includeUserDomain: true } },
    },
  ],
])("sharing is no drift of an application that declares %s", async (_, more) => {
  const { args, app, share } = await shared(more);
  await app.refresh();
  expect(app.inputs).toEqual(args);
  tenant.requests();
  expect(await app.up(args)).toBe("same");
  expect(tenant.requests()).toEqual([]);
  await share.destroy();
  // What sharing leaves behind when it ends is drift, and put right for good.
  await app.refresh();
  await app.up(args);
  await app.refresh();
  // The server takes the sign-in of organizations out as long as nobody shares the application, also one that is declared.
  expect(await app.up(args)).toBe("same");
});

test("the end of a share gives the tenant's own flow back to an application that declares it, in the same run", async () => {
  const { share, live } = await shared({ authenticationSequence: { type: "DEFAULT" } });
  expect((await live()).authenticationSequence).toMatchObject({ type: "USER_DEFINED" });
  await share.destroy();
  expect((await live()).authenticationSequence).toMatchObject({ type: "DEFAULT" });
});

test("a change of the login flow leaves the sign-in of organizations in it", async () => {
  const { args, app, live } = await shared({ authenticationSequence: flow([password]) });
  const changed = { ...args, authenticationSequence: flow([password], [code]) };
  expect(await app.up(changed)).toBe("update");
  const { steps } = (await live()).authenticationSequence;
  expect(steps.map(({ options }) => options)).toEqual([[password, login], [code]]);
  await app.refresh();
  expect(await app.up(changed)).toBe("same");
});

test("a flow that somebody has changed beside it is drift", async () => {
  const { args, app } = await shared({ authenticationSequence: flow([password]) });
  const theirs = { ...flow(), steps: [{ id: 1, options: [code, login] }], subjectStepId: 1, attributeStepId: 1 };
  await tenant.sandbox.console("PATCH", `/api/server/v1/applications/${app.id}`, { authenticationSequence: theirs });
  await app.refresh();
  expect(app.inputs).toMatchObject({ authenticationSequence: flow([code]) });
  expect(await app.up(args)).toBe("update");
});

test("a flow of two steps is not that of the tenant, though it is shared", async () => {
  const { app } = await shared({ authenticationSequence: { type: "DEFAULT" } });
  const theirs = { ...flow(), steps: [password, code].map((each, i) => ({ id: i + 1, options: [each] })) };
  await tenant.sandbox.console("PATCH", `/api/server/v1/applications/${app.id}`, { authenticationSequence: theirs });
  await app.refresh();
  expect(app.inputs).toMatchObject({ authenticationSequence: { type: "USER_DEFINED" } });
});

test("a change of the claims does not take away how the users of organizations are mapped", async () => {
  const claims = { subject: { useMappedLocalSubject: false, includeUserDomain: false } };
  const { args, app, share, live } = await shared({ claimConfiguration: claims });
  const changed = { ...args, claimConfiguration: { subject: { ...claims.subject, includeUserDomain: true } } };
  expect(await app.up(changed)).toBe("update");
  expect((await live()).claimConfiguration.subject).toMatchObject({
    useMappedLocalSubject: true,
    includeUserDomain: true,
  });
  const without = { ...args, claimConfiguration: { subject: { includeUserDomain: true } } };
  expect(await app.up(without)).toBe("update");
  expect((await live()).claimConfiguration.subject.useMappedLocalSubject).toBe(true);
  await share.destroy();
  // Nobody shares it any more: from now on it is as the program says.
  expect(await app.up(changed)).toBe("update");
  expect((await live()).claimConfiguration.subject.useMappedLocalSubject).toBe(false);
});

test("an application that is shared is adopted without a word on what sharing has made of it", async () => {
  const { args } = await shared({ authenticationSequence: flow([password]) });
  const run = reconnected(tenant.sandbox);
  expect(await run.resource("Application").preview({ ...args, adopt: true })).toEqual([]);
  expect(run.said.join()).toContain("It is as declared.");
});
