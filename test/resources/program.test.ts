import { AsgardeoError, PartialCreateError } from "../../provider/errors";
import { type Managed, reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});
afterEach(() => tenant.close());

const grants = { grantTypes: ["client_credentials"] };
const named = (name: string, args: object) => ({ ...args, __logicalName: name });
const api = (letter: string, ...scopes: string[]) => ({
  name: `API ${letter}`,
  identifier: `https://api.example.com/${letter}`,
  scopes: scopes.map((name) => ({ name })),
});

/** The same resource in a later run, whose process knows nothing of the earlier one. */
function later(run: TestTenant, type: "Application" | "ApiResource" | "ApiAuthorization", before: Managed): Managed {
  const { id, state, inputs } = before;
  return Object.assign(run.resource(type), { id, state: { ...state }, inputs });
}

async function made(type: "Application" | "ApiResource", args: object): Promise<Managed> {
  const object = tenant.resource(type);
  await object.up({ ...args });
  return object;
}

describe("an object that another resource of the run has", () => {
  test("is kept where the resource that had it leaves the program, and deleted where all of them do", async () => {
    const old = await made("Application", { name: "Shop", oidc: grants });
    const run = reconnected(tenant.sandbox);
    const fresh = run.resource("Application");
    await fresh.up({ name: "Shop", oidc: grants, adopt: true });
    await later(run, "Application", old).destroy();
    expect(run.said).toContainEqual(
      `Application "Shop" (id ${fresh.id}) is kept, since another resource of this program has it: it was renamed, moved or adopted.`,
    );
    expect(tenant.sandbox.tenant.applications.some(({ id }) => id === fresh.id)).toBe(true);
    const end = reconnected(tenant.sandbox);
    await later(end, "Application", fresh).destroy();
    expect(tenant.sandbox.tenant.applications.some(({ name }) => name === "Shop")).toBe(false);
  });

  test("is kept in the next run, too, where the adopting resource is only compared", async () => {
    const old = await made("Application", { name: "Shop" });
    const args = { name: "Shop", adopt: true };
    const fresh = reconnected(tenant.sandbox).resource("Application");
    await fresh.up(args);
    const run = reconnected(tenant.sandbox);
    expect(await later(run, "Application", fresh).up(args)).toBe("same");
    await later(run, "Application", old).destroy();
    expect(tenant.sandbox.tenant.applications.some(({ id }) => id === fresh.id)).toBe(true);
  });

  test("is deleted by a destroy after a refresh, whichever of its resources comes last", async () => {
    const old = await made("Application", { name: "Shop" });
    const fresh = reconnected(tenant.sandbox).resource("Application");
    await fresh.up({ name: "Shop", adopt: true });
    const run = reconnected(tenant.sandbox);
    const both = [later(run, "Application", old), later(run, "Application", fresh)];
    for (const each of both) await each.refresh();
    for (const each of both) await each.destroy();
    expect(tenant.sandbox.tenant.applications.some(({ name }) => name === "Shop")).toBe(false);
  });

  test("is deleted where its one resource is replaced, or was refreshed before", async () => {
    const object = await made("Application", { name: "Shop" });
    const run = reconnected(tenant.sandbox);
    const same = later(run, "Application", object);
    await same.refresh();
    expect(await same.up({ name: "Shop" })).toBe("same");
    await same.destroy();
    expect(tenant.sandbox.tenant.applications.some(({ name }) => name === "Shop")).toBe(false);
  });

  test("is known by the mark of an earlier version, too, which has none", async () => {
    const old = await made("Application", { name: "Shop" });
    const { __holder: _, ...withoutMark } = old.state;
    const run = reconnected(tenant.sandbox);
    const fresh = run.resource("Application");
    await fresh.up({ name: "Shop", adopt: true });
    const before = Object.assign(run.resource("Application"), { id: old.id, state: withoutMark, inputs: old.inputs });
    await before.destroy();
    expect(tenant.sandbox.tenant.applications.some(({ id }) => id === fresh.id)).toBe(true);
  });

  test("is not deleted under the eyes of a program that only reads it", async () => {
    const object = await made("ApiResource", api("a", "a:read"));
    const run = reconnected(tenant.sandbox);
    await Object.assign(run.resource("ApiResource"), { id: object.id }).refresh();
    await later(run, "ApiResource", object).destroy();
    expect(run.said).toContainEqual(expect.stringContaining("is kept"));
  });
});

describe("what a resource refers to", () => {
  const authorization = (app: Managed, target: unknown, ...scopes: string[]) => ({
    application: app.id,
    api: target,
    scopes,
  });

  test("is compared with what the program declares, by id and by identifier, without a request", async () => {
    const app = await made("Application", { name: "Shop" });
    const orders = await made("ApiResource", api("a", "a:read"));
    const shop = tenant.resource("ApiAuthorization");
    await shop.up(authorization(app, orders.id, "a:read"));
    for (const target of [orders.id, api("a").identifier]) {
      const run = reconnected(tenant.sandbox);
      await later(run, "Application", app).preview({ name: "Shop" });
      const changed = later(run, "ApiResource", orders);
      expect(await changed.plan(named("orders", api("a", "a:read", "a:write")))).toBe("update");
      run.requests();
      const again = later(run, "ApiAuthorization", shop);
      expect(await again.preview(authorization(app, target, "a:read", "a:write"))).toEqual([]);
      expect(await again.preview(authorization(app, target, "a:read", "a:wirte"))).toEqual([
        'scopes[1]: the API "API a" of this program (resource "orders") has no scope `a:wirte`; did you mean `a:write`? (its scopes are a:read, a:write)',
      ]);
    }
  });

  test("is not there any more where the program drops it: the resource that keeps it fails, though it does not change", async () => {
    const app = await made("Application", { name: "Shop" });
    const orders = await made("ApiResource", api("a", "a:read", "a:write"));
    const shop = tenant.resource("ApiAuthorization");
    const args = authorization(app, orders.id, "a:read", "a:write");
    await shop.up(args);
    const run = reconnected(tenant.sandbox);
    const changed = later(run, "ApiResource", orders);
    expect(await changed.plan(named("orders", api("a", "a:read")))).toBe("update");
    run.requests();
    expect(await later(run, "ApiAuthorization", shop).preview(args)).toEqual([
      expect.stringMatching(
        /^scopes\[1\]: the API "API a" of this program \(resource "orders"\) has no scope `a:write`/,
      ),
    ]);
    expect(run.requests()).toEqual([]);
  });

  test("has to exist: an application that is none of the program's is looked up", async () => {
    const nobody = "00000000-0000-4000-8000-000000000000";
    const orders = await made("ApiResource", api("a", "a:read"));
    expect(
      await tenant.resource("ApiAuthorization").preview({ application: nobody, api: orders.id, scopes: ["a:read"] }),
    ).toEqual([`application: there is no application with the id ${nobody} in this tenant`]);
  });

  test("may be named by its id or by its identifier: a change between the two is no other authorization", async () => {
    const app = await made("Application", { name: "Shop" });
    const orders = await made("ApiResource", api("a", "a:read"));
    const shop = tenant.resource("ApiAuthorization");
    await shop.up(authorization(app, orders.id, "a:read"));
    tenant.requests();
    expect(await shop.up(authorization(app, api("a").identifier, "a:read"))).toBe("update");
    expect(tenant.requests().filter((line) => !line.startsWith("GET"))).toEqual([]);
    expect(await shop.up(authorization(app, api("a").identifier, "a:read"))).toBe("same");
  });

  test("by its identifier is another object once the API was replaced: the authorization is made anew", async () => {
    const app = await made("Application", { name: "Shop" });
    const orders = await made("ApiResource", api("a", "a:read"));
    const shop = tenant.resource("ApiAuthorization");
    const args = authorization(app, api("a").identifier, "a:read");
    await shop.up(args);
    const before = shop.id;
    expect(await orders.up({ ...api("a", "a:read"), requiresAuthorization: false })).toBe("replace");
    expect(await shop.up(args)).toBe("replace");
    expect(shop.id).not.toBe(before);
    expect(await shop.up(args)).toBe("same");
  });
});

describe("a replacement that fails after the delete", () => {
  test("puts an authorization back as it was, and its state keeps it", async () => {
    const app = await made("Application", { name: "Shop" });
    const orders = await made("ApiResource", { ...api("a", "a:read"), requiresAuthorization: false });
    const shop = tenant.resource("ApiAuthorization");
    await shop.up({ application: app.id, api: orders.id, scopes: ["a:read"] });
    const { id } = shop;
    tenant.sandbox.setFaults([{ kind: "status", status: 400, method: "POST", path: "/**/authorized-apis", times: 1 }]);
    const failed = await shop
      .up({ application: app.id, api: orders.id, scopes: ["a:read"], policy: "No Policy" })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(PartialCreateError);
    expect((failed as Error).message).toMatch(/was deleted before that, to be replaced, and was put back as it was\.$/);
    expect(shop.id).toBe(id);
    const [live] = await tenant.live<{ policyId: string }[]>(`/api/server/v1/applications/${app.id}/authorized-apis`);
    expect(live).toMatchObject({ policyId: "RBAC" });
    expect(await shop.up({ application: app.id, api: orders.id, scopes: ["a:read"], policy: "No Policy" })).toBe(
      "replace",
    );
  });

  test("says of any other object that it is gone, and what to do", async () => {
    const orders = await made("ApiResource", api("a", "a:read"));
    tenant.sandbox.setFaults([{ kind: "status", status: 400, method: "POST", path: "/**/api-resources", times: 1 }]);
    const failed = await orders
      .up({ ...api("a", "a:read"), requiresAuthorization: false })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(AsgardeoError);
    expect((failed as Error).message).toMatch(
      /was deleted before that, to be replaced, and is gone now\. .*`pulumi up` again: that makes it anew\.$/,
    );
  });
});

describe("what is said", () => {
  test("of an API that leaves the program: which applications outside of it lose access", async () => {
    const ours = await made("Application", { name: "Ours" });
    const orders = await made("ApiResource", api("a", "a:read"));
    const theirs = await tenant.sandbox.console("POST", "/api/server/v1/applications", { name: "Theirs" });
    const path = `/api/server/v1/applications/${theirs.id}/authorized-apis`;
    await tenant.sandbox.console("POST", path, { id: orders.id, policyIdentifier: "RBAC", scopes: ["a:read"] });
    const said = `warning: with the API "API a" (id ${orders.id}), an application outside of this program will lose access: "Theirs".`;
    const run = reconnected(tenant.sandbox);
    await later(run, "Application", ours).preview({ name: "Ours" });
    const leaving = later(run, "ApiResource", orders);
    await leaving.preview({ ...api("a", "a:read"), requiresAuthorization: false });
    expect(run.said).toContainEqual(
      expect.stringMatching(
        /requiresAuthorization: another value replaces the API, and an application outside of this program will lose access: "Theirs"/,
      ),
    );
    await leaving.destroy();
    expect(run.said).toContain(said);
  });

  test("is said once, however many resources it hits", async () => {
    const args = { name: "Shop", oidc: { ...grants, grantTypes: ["password"] } };
    const object = await made("Application", { name: "Shop", oidc: grants });
    const run = reconnected(tenant.sandbox);
    for (let n = 0; n < 3; n++) await later(run, "Application", object).preview({ ...args, secretVersion: "2" });
    expect(run.said.filter((line) => line.includes("secretVersion"))).toHaveLength(1);
  });
});
