import { type Managed, reconnected, type TestTenant, type TypeName, testTenant } from "../support/managed";
import { become, organization, shareBootstrapClient } from "../support/organizations";

let tenant: TestTenant;
let hospital: string;
/** The provider, working in the organization. */
let inside: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
  await shareBootstrapClient(tenant.sandbox);
  hospital = await organization(tenant.sandbox, "Central Hospital");
  inside = reconnected(tenant.sandbox, { childOrganization: hospital });
});
afterEach(() => tenant.close());

const bookings = { name: "Bookings", identifier: "bookings", scopes: [{ name: "bookings:read" }] };
const worker = { name: "Worker", description: "one", oidc: { grantTypes: ["client_credentials"] } };

/** The tokens that have been asked for since the tenant was started, by grant. */
const tokens = () => {
  const asked = tenant.sandbox.requests.filter(({ path }) => path.includes("/oauth2/token"));
  return asked.length;
};

/** The same resource in the state of a provider that works elsewhere. */
function seenFrom(other: TestTenant, type: TypeName, { id, state, inputs }: Managed): Managed {
  return Object.assign(other.resource(type), { id, state, inputs });
}

const atConsole = (path: string) => tenant.sandbox.console("GET", `/o/${hospital}/api/server/v1${path}`);

/** The copy that the organization has of the bootstrap client's application. */
async function copyOfShared(): Promise<{ id: string; name: string }> {
  const copy = tenant.sandbox.tenant.inside[hospital]?.applications.find(({ sharedFrom }) => sharedFrom !== undefined);
  if (!copy) throw new Error("there is no copy");
  return copy;
}

describe("an application of an organization", () => {
  test("lives its whole life there, unseen by the tenant", async () => {
    const app = inside.resource("Application");
    expect(await app.up(worker)).toBe("create");
    expect(await atConsole(`/applications/${app.id}`)).toMatchObject({ body: { name: "Worker", description: "one" } });
    expect(tenant.sandbox.tenant.applications.some(({ name }) => name === "Worker")).toBe(false);
    expect(await app.up({ ...worker, description: "two" })).toBe("update");
    await app.refresh();
    expect(app.inputs).toMatchObject({ name: "Worker", description: "two" });
    expect(await app.up({ ...worker, description: "two" })).toBe("same");
    await app.destroy();
    expect(tenant.sandbox.tenant.inside[hospital]?.applications).toHaveLength(1);
  });

  test("has the endpoints of the organization, and its secret", async () => {
    const app = inside.resource("Application");
    await app.up(worker);
    const base = `${tenant.sandbox.baseUrl}/t/sandbox/o/${hospital}`;
    expect(app.state).toMatchObject({ tokenEndpoint: `${base}/oauth2/token`, clientSecret: expect.any(String) });
    const { clientId, clientSecret, tokenEndpoint } = app.state;
    const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
    const answer = await fetch(String(tokenEndpoint), {
      method: "POST",
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    expect(answer.status).toBe(200);
  });

  describe("and a change of its secret", () => {
    const anew = (secretVersion: string) => ({ ...worker, secretVersion });
    const secretsOf = async (id = "") => {
      const { body } = await atConsole(`/applications/${id}/inbound-protocols/oidc/secrets`);
      return (body as { list: { secretId: string; secretValue: string; latest: boolean }[] }).list;
    };

    test("makes a second one, and leaves the old one to the console", async () => {
      const app = inside.resource("Application");
      await app.up(anew("1"));
      const { clientSecret: old } = app.state;
      expect(await app.up(anew("2"))).toBe("update");
      const secrets = await secretsOf(app.id);
      expect(secrets.map(({ secretValue }) => secretValue).sort()).toEqual([old, app.state.clientSecret].sort());
      expect(inside.said.join("\n")).toContain(
        "the old one stays valid until somebody deletes it in the organization's console",
      );
    });

    test("is refused at preview while there are two, since nobody may delete one, and goes on once it is deleted", async () => {
      const app = inside.resource("Application");
      await app.up(anew("1"));
      await app.up(anew("2"));
      const { clientSecret } = app.state;
      const advice = "delete the older one in the console of the organization";
      expect(await app.preview(anew("3"))).toEqual([expect.stringContaining(advice)]);
      await expect(app.up(anew("3"))).rejects.toThrow(advice);
      expect(app.state.clientSecret).toBe(clientSecret);
      const [older] = (await secretsOf(app.id)).filter(({ latest }) => !latest);
      const path = `/applications/${app.id}/inbound-protocols/oidc/secrets/${older?.secretId}`;
      const deleted = await tenant.sandbox.console("DELETE", `/o/${hospital}/api/server/v1${path}`);
      expect(deleted.status).toBe(204);
      expect(await app.up(anew("3"))).toBe("update");
      expect(await secretsOf(app.id)).toHaveLength(2);
    });

    test("cannot have a time for the old one", async () => {
      const failures = await inside.resource("Application").preview({ ...anew("1"), secretOverlapDays: 7 });
      expect(failures).toEqual([expect.stringMatching(/^secretOverlapDays: nothing can end an old secret/)]);
    });
  });

  test("is found to be gone only where its own organization says so", async () => {
    const app = inside.resource("Application");
    await app.up(worker);
    await tenant.sandbox.console("DELETE", `/o/${hospital}/api/server/v1/applications/${app.id}`);
    await app.refresh();
    expect(app.id).toBeUndefined();
    expect(inside.said.at(-1)).toContain(`does not exist in ${inside.api.base} any more`);
  });

  test("of a name that is taken there is told ahead, and can be adopted", async () => {
    await inside.resource("Application").up(worker);
    const again = reconnected(tenant.sandbox, { childOrganization: hospital });
    expect(await again.resource("Application").preview(worker)).toEqual([
      expect.stringMatching(/^name: "Worker" is taken by the application "Worker" \(id /),
    ]);
    const adopting = again.resource("Application");
    expect(await adopting.up({ ...worker, description: "two", adopt: true })).toBe("create");
    expect(await atConsole(`/applications/${adopting.id}`)).toMatchObject({ body: { description: "two" } });
  });
});

test("a run that reads and writes takes a token of the tenant and two that are switched", async () => {
  const app = inside.resource("Application");
  await app.up(worker);
  const afterCreate = tokens();
  await app.refresh();
  await app.up({ ...worker, description: "two" });
  await app.destroy();
  expect(tokens()).toBe(afterCreate);
  expect(afterCreate).toBeLessThanOrEqual(3);
});

describe("an authorization in an organization", () => {
  test("gives an application of it the scopes of an API that the tenant has", async () => {
    await tenant.resource("ApiResource").up(bookings);
    const app = inside.resource("Application");
    await app.up(worker);
    const args = { application: app.id, api: "bookings", scopes: ["bookings:read"] };
    const authorization = inside.resource("ApiAuthorization");
    expect(await authorization.up(args)).toBe("create");
    await authorization.refresh();
    expect(authorization.inputs).toMatchObject({ scopes: ["bookings:read"] });
    expect(await authorization.up({ ...args, scopes: [] })).toBe("update");
    expect(await atConsole(`/applications/${app.id}/authorized-apis`)).toMatchObject({
      body: [{ authorizedScopes: [] }],
    });
    await authorization.destroy();
    expect((await atConsole(`/applications/${app.id}/authorized-apis`)).body).toEqual([]);
  });

  test("of a copy is refused ahead: that has what the tenant's application has", async () => {
    await tenant.resource("ApiResource").up(bookings);
    const { id, name } = await copyOfShared();
    const args = { application: id, api: "bookings", scopes: ["bookings:read"] };
    expect(await inside.resource("ApiAuthorization").preview(args)).toEqual([
      expect.stringMatching(new RegExp(`^application: the application "${name}" .* copy .* provider for the tenant`)),
    ]);
  });
});

describe("the copy of a shared application", () => {
  const flow = {
    steps: [{ options: [{ idp: "LOCAL", authenticator: "totp" }] }],
  };

  test("takes a login flow of its own, and is kept at a destroy, which is said", async () => {
    const { id, name } = await copyOfShared();
    const copy = inside.resource("Application");
    expect(await copy.up({ name, adopt: true, authenticationSequence: flow })).toBe("create");
    expect(copy.id).toBe(id);
    await copy.refresh();
    expect(copy.inputs).toMatchObject({ authenticationSequence: flow });
    await copy.destroy();
    expect((await atConsole(`/applications/${id}`)).status).toBe(200);
    expect(inside.said.at(-1)).toMatch(/ is kept as it is, since it is the organization's copy of a shared one/);
  });

  test("refuses ahead what it does not take, each by its path", async () => {
    const { name } = await copyOfShared();
    const args = { name, adopt: true, description: "mine", oidc: worker.oidc };
    const refused = await inside.resource("Application").preview(args);
    expect(refused.map((reason) => reason.replace(/:.*/s, "")).sort()).toEqual(["description", "oidc"]);
    const withScript = { name, adopt: true, authenticationSequence: { ...flow, script: "var onLoginRequest;" } };
    expect(await inside.resource("Application").preview(withScript)).toEqual([
      expect.stringMatching(/^authenticationSequence\.script: .*copy of a shared one/),
    ]);
  });

  test("refuses a change to what it does not take, too", async () => {
    const { name } = await copyOfShared();
    const copy = inside.resource("Application");
    await copy.up({ name, adopt: true, authenticationSequence: flow });
    expect(
      await copy.preview({ name, adopt: true, authenticationSequence: flow, accessUrl: "https://a.example" }),
    ).toEqual([expect.stringMatching(/^accessUrl: .*Take it out\.$/)]);
  });
});

describe("a role of an organization", () => {
  const clerk = { displayName: "Clerk", permissions: ["bookings:read"] };
  const rolesThere = async () =>
    (await tenant.sandbox.console("GET", `/o/${hospital}/scim2/v2/Roles`)).body as {
      Resources: { id: string; displayName: string }[];
    };

  test("lives its whole life there, with permissions of the tenant's APIs, unseen by the tenant", async () => {
    await tenant.resource("ApiResource").up(bookings);
    const role = inside.resource("Role");
    expect(await role.up(clerk)).toBe("create");
    expect(await role.up({ ...clerk, displayName: "Registrar" })).toBe("update");
    await role.refresh();
    expect(role.inputs).toMatchObject({ displayName: "Registrar", permissions: ["bookings:read"] });
    expect((await rolesThere()).Resources.map(({ displayName }) => displayName)).toContain("Registrar");
    expect(tenant.sandbox.tenant.roles.some(({ displayName }) => displayName === "Registrar")).toBe(false);
    await role.destroy();
    expect((await rolesThere()).Resources.map(({ displayName }) => displayName)).not.toContain("Registrar");
  });

  test("may be one of an application of it", async () => {
    await tenant.resource("ApiResource").up(bookings);
    const app = inside.resource("Application");
    await app.up({ ...worker, associatedRoles: { allowedAudience: "APPLICATION" } });
    await inside.resource("ApiAuthorization").up({ application: app.id, api: "bookings", scopes: ["bookings:read"] });
    const role = inside.resource("Role");
    expect(await role.up({ ...clerk, application: app.id })).toBe("create");
    await role.refresh();
    expect(role.inputs).toMatchObject({ application: app.id, permissions: ["bookings:read"] });
  });
});

describe("users and groups of an organization", () => {
  const kim = { userName: "kim", password: "Kim-pass-1", emails: [{ value: "kim@example.com" }] };

  test("live their whole life there, unseen by the tenant, and a role has the group", async () => {
    const user = inside.resource("User");
    expect(await user.up(kim)).toBe("create");
    const group = inside.resource("Group");
    expect(await group.up({ displayName: "Nurses", members: [user.id] })).toBe("create");
    const role = inside.resource("Role");
    expect(await role.up({ displayName: "Nurse", groups: [group.id] })).toBe("create");
    for (const each of [user, group, role]) await each.refresh();
    expect(role.inputs).toMatchObject({ groups: [group.id] });
    expect(group.inputs).toMatchObject({ displayName: "Nurses", members: [user.id] });
    expect(await group.up({ displayName: "Nurses of the day", members: [user.id] })).toBe("update");
    expect(await user.up({ ...kim, name: { givenName: "Kim" } })).toBe("update");
    const { users, groups } = tenant.sandbox.tenant;
    expect(users.some(({ name }) => /kim/i.test(name))).toBe(false);
    expect(groups.some(({ name }) => /Nurse/.test(name))).toBe(false);
    for (const each of [role, group, user]) await each.destroy();
    const there = await tenant.sandbox.console("GET", `/o/${hospital}/scim2/Users`);
    expect(JSON.stringify(there.body)).not.toContain("kim");
  });

  test("may be named as in the tenant, and are told where the name is taken there", async () => {
    await tenant.resource("User").up(kim);
    await inside.resource("User").up(kim);
    const again = reconnected(tenant.sandbox, { childOrganization: hospital });
    expect(await again.resource("User").preview(kim)).toEqual([expect.stringMatching(/^userName: "kim" is taken by /)]);
  });

  test("that are gone leave the state", async () => {
    const user = inside.resource("User");
    await user.up(kim);
    await tenant.sandbox.console("DELETE", `/o/${hospital}/scim2/Users/${user.id}`);
    await user.refresh();
    expect(user.id).toBeUndefined();
  });
});

test("an organization below lives its whole life there, made by the one above, be that said or not", async () => {
  for (const more of [{}, { parentId: hospital }]) {
    const ward = inside.resource("Organization");
    const args = { name: "Ward", ...more };
    expect(await ward.up(args)).toBe("create");
    const made = tenant.sandbox.tenant.organizations.find(({ id }) => id === ward.id);
    expect(made).toMatchObject({ name: "Ward", parentId: hospital });
    expect(await ward.up({ ...args, description: "Two" })).toBe("update");
    await ward.refresh();
    expect(ward.inputs).toMatchObject({ name: "Ward", description: "Two" });
    await ward.destroy();
    expect(tenant.sandbox.tenant.organizations.some(({ name }) => name === "Ward")).toBe(false);
  }
});

test("an API of the tenant can be read in an organization, and a delete of it is refused there", async () => {
  const api = tenant.resource("ApiResource");
  await api.up(bookings);
  const { id = "" } = api;
  const look = Object.assign(inside.resource("ApiResource"), { id });
  await look.refresh();
  expect(look.state).toMatchObject({ name: "Bookings" });
  await expect(look.destroy()).rejects.toThrow(/internal_api_resource_delete of "API Resource Management API"/);
  expect((await tenant.sandbox.console("GET", `/api/server/v1/api-resources/${id}`)).status).toBe(200);
});

describe("the state of another organization", () => {
  test.each(["refresh", "destroy"] as const)("is refused by a %s, without a request, and kept", async (operation) => {
    const app = inside.resource("Application");
    await app.up(worker);
    const clinic = await organization(tenant.sandbox, "Clinic");
    const elsewhere = reconnected(tenant.sandbox, { childOrganization: clinic });
    for (const other of [elsewhere, reconnected(tenant.sandbox)]) {
      const seen = seenFrom(other, "Application", app);
      await expect(seen[operation]()).rejects.toThrow(
        `childOrganization: Application ${app.id} was made in ${inside.api.base}, and this provider works in ${other.api.base}.`,
      );
      await expect(seen.apply({ ...worker, description: "two" })).rejects.toThrow("childOrganization: ");
      expect([seen.id, other.requests()]).toEqual([app.id, []]);
    }
  });

  test("of the tenant is not read as that of an organization, which has its APIs, too", async () => {
    const api = tenant.resource("ApiResource");
    await api.up(bookings);
    const seen = seenFrom(inside, "ApiResource", api);
    await expect(seen.refresh()).rejects.toThrow(`was made in ${tenant.api.base}, and this provider works in`);
    expect(seen.id).toBe(api.id);
  });

  test("is warned of where nothing changes, since nothing is moved", async () => {
    const app = inside.resource("Application");
    await app.up(worker);
    const clinic = await organization(tenant.sandbox, "Clinic");
    const other = reconnected(tenant.sandbox, { childOrganization: clinic });
    expect(await seenFrom(other, "Application", app).apply(worker)).toBe("same");
    expect(other.said).toEqual([expect.stringMatching(/^warning: childOrganization: .*Nothing moves/)]);
  });
});

describe("an organization", () => {
  test("that is disabled is told, and nothing is lost", async () => {
    const app = inside.resource("Application");
    await app.up(worker);
    await become(tenant.sandbox, hospital, "DISABLED");
    const later = seenFrom(reconnected(tenant.sandbox, { childOrganization: hospital }), "Application", app);
    await expect(later.refresh()).rejects.toThrow(`the organization ${hospital} is disabled`);
    expect(later.id).toBe(app.id);
    await become(tenant.sandbox, hospital, "ACTIVE");
    await later.refresh();
    expect(later.id).toBe(app.id);
  });

  test("that is gone is told, and nothing is taken out of the state", async () => {
    const app = inside.resource("Application");
    await app.up(worker);
    await tenant.sandbox.console("DELETE", `/api/server/v1/organizations/${hospital}`);
    const later = seenFrom(reconnected(tenant.sandbox, { childOrganization: hospital }), "Application", app);
    for (const work of [
      () => later.refresh(),
      () => later.destroy(),
      () => later.apply({ ...worker, description: "two" }),
    ]) {
      await expect(work()).rejects.toThrow(`no organization with the id ${hospital}`);
    }
    expect(later.id).toBe(app.id);
  });
});
