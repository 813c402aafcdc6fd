import { alone } from "../../provider/api/tally";
import { connect } from "../../provider/connect";
import { Run } from "../../provider/core/run";
import { settingsFrom } from "../../provider/settings";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { type FakeClock, fakeClock } from "../support/client";
import { lifecyclesOn, Managed, type TypeName } from "../support/managed";

jest.setTimeout(30_000);

const apiIdentifier = "https://api.example.com/orders";

describe("100 applications, each authorized to an API, at a server that serves 200 requests a minute", () => {
  let clock: FakeClock;
  let sandbox: Sandbox;
  let said: jest.SpyInstance;
  beforeEach(async () => {
    clock = fakeClock();
    sandbox = await startSandbox({ rateLimit: 200, now: clock.now });
    said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  });
  afterEach(async () => {
    said.mockRestore();
    await sandbox.close();
  });

  /** A process of its own with the default settings. */
  function provider(): (type: TypeName) => Managed {
    const { baseUrl, organization, clientId, clientSecret } = sandbox;
    const given: Record<string, string> = { baseUrl, organization, clientId, clientSecret };
    const api = connect(
      settingsFrom((key) => given[key.replace("asgardeo:", "")], {}),
      { clock, tally: alone },
    );
    const lifecycleOf = lifecyclesOn({ api: () => api, run: new Run(() => {}), isReadOnly: () => false });
    return (type) => new Managed(lifecycleOf(type));
  }

  async function deploy(resource: (type: TypeName) => Managed): Promise<Managed[]> {
    const orders = resource("ApiResource");
    await orders.up({ name: "Orders", identifier: apiIdentifier, scopes: [{ name: "read", displayName: "Read" }] });
    const made = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => {
        const application = resource("Application");
        await application.up({ name: `App ${i}`, oidc: { grantTypes: ["client_credentials"] } });
        const authorization = resource("ApiAuthorization");
        await authorization.up({ application: application.id, api: orders.id, scopes: ["read"] });
        return [authorization, application];
      }),
    );
    return [...made.flat(), orders];
  }

  /** What became of the requests since then: how many there were, and how many of them were answered 429. */
  function served(since = 0): { all: number; refused: number } {
    const requests = sandbox.requests.slice(since);
    return { all: requests.length, refused: requests.filter(({ status }) => status === 429).length };
  }

  test("are deployed without a failure and without a single 429", async () => {
    const made = await deploy(provider());
    expect(made.every(({ id, incomplete }) => id !== undefined && !incomplete)).toBe(true);
    expect(made).toHaveLength(201);
    expect(sandbox.tenant.applications.filter(({ name }) => name.startsWith("App "))).toHaveLength(100);
    const { all, refused } = served();
    expect(all).toBeGreaterThanOrEqual(300);
    expect(refused).toBe(0);
  });

  test("are read by a further process right after: no failure, and at most 1 request in 100 is answered 429", async () => {
    const made = await deploy(provider());
    const before = served().all;
    const next = provider();
    const again = made.map(({ id, state }, i) => {
      const type = i === made.length - 1 ? "ApiResource" : i % 2 === 0 ? "ApiAuthorization" : "Application";
      return Object.assign(next(type), { id, state });
    });
    await Promise.all(again.map((resource) => resource.refresh()));
    expect(again.every(({ id }) => id !== undefined)).toBe(true);
    const { all, refused } = served(before);
    expect(all).toBeGreaterThan(200);
    expect(refused / all).toBeLessThanOrEqual(0.01);
  });
});
