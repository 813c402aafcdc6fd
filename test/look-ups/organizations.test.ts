import * as pulumi from "@pulumi/pulumi";
import { getApiResource, getApplication, getApplicationOutput, getOrganizationInfo, Provider } from "../../provider";
import { organization, shareBootstrapClient } from "../support/organizations";
import { answered, api, application, configure, engine, isKnown, tenantFor, told } from "./program";

/** A tenant with an organization, and a provider for each. */
async function scene() {
  const sandbox = await tenantFor();
  await shareBootstrapClient(sandbox);
  const hospital = await organization(sandbox, "Central Hospital");
  await engine();
  const { baseUrl, organization: name, clientId, clientSecret } = sandbox;
  const client = { baseUrl, organization: name, clientId, clientSecret, requestsPerMinute: 100_000 };
  return { sandbox, hospital, client, inside: new Provider("inside", { ...client, childOrganization: hospital }) };
}

test("a look-up by a provider for an organization finds what is there, and not what the tenant has", async () => {
  const { sandbox, hospital, inside } = await scene();
  await application(sandbox, { name: "Of the tenant" });
  const path = `/o/${hospital}/api/server/v1/applications`;
  const { id } = await sandbox.console("POST", path, { name: "Of the organization" });
  expect(await getApplication({ name: "Of the organization" }, { provider: inside })).toMatchObject({
    id,
    tokenEndpoint: `${sandbox.baseUrl}/t/sandbox/o/${hospital}/oauth2/token`,
  });
  await expect(getApplication({ name: "Of the tenant" }, { provider: inside })).rejects.toThrow(/"Of the tenant"/);
});

test("an API of the tenant is found in an organization", async () => {
  const { sandbox, inside } = await scene();
  const id = await api(sandbox, { name: "Orders", identifier: "orders" });
  expect(await getApiResource({ identifier: "orders" }, { provider: inside })).toMatchObject({ id, name: "Orders" });
});

test("the endpoints of an organization are those of its own discovery document", async () => {
  const { sandbox, hospital, inside } = await scene();
  const base = `${sandbox.baseUrl}/t/sandbox/o/${hospital}`;
  expect(await getOrganizationInfo({ provider: inside })).toMatchObject({
    name: "sandbox",
    baseUrl: base,
    tokenEndpoint: `${base}/oauth2/token`,
    jwksUri: `${base}/oauth2/jwks`,
  });
});

test("the organization may come from the stack's config", async () => {
  const { sandbox, hospital } = await scene();
  await sandbox.console("POST", `/o/${hospital}/api/server/v1/applications`, { name: "Inside" });
  configure(sandbox);
  pulumi.runtime.setConfig("asgardeo:childOrganization", hospital);
  expect(await getApplication({ name: "Inside" })).toMatchObject({ name: "Inside" });
});

describe("an organization that is not known yet", () => {
  const unknown = pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string>;

  test("makes an output that is not known either, costs no request, and is told of an answer that is wanted now", async () => {
    const { sandbox, client } = await scene();
    await engine(true);
    const provider = new Provider("new", { ...client, childOrganization: unknown });
    const before = sandbox.requests.length;
    expect(await isKnown(getApplicationOutput({ name: "A" }, { provider }))).toBe(false);
    await expect(getApplication({ name: "A" }, { provider })).rejects.toThrow(
      "provider: its childOrganization is not known yet",
    );
    expect(sandbox.requests).toHaveLength(before);
  });

  /** Makes a provider for an organization that is known, and one for an organization that is not. */
  async function providers(isPreview: boolean) {
    const { client, hospital } = await scene();
    await engine(isPreview);
    const all = [hospital, unknown].map(
      (childOrganization, i) => new Provider(`provider-${i}`, { ...client, childOrganization }),
    );
    await Promise.all(all.map(({ urn }) => answered(urn)));
    return all;
  }

  test("is told by its provider in a preview, since nobody looks at its resources there", async () => {
    const telling = new Promise((done) => {
      told.mockImplementation(async (...all) => done(all));
    });
    const [, provider] = await providers(true);
    expect(await telling).toEqual([
      expect.stringMatching(
        /^`childOrganization` of this provider is not known before the run, so this preview has not looked at/,
      ),
      provider,
    ]);
    expect(told).toHaveBeenCalledTimes(1);
  });

  test("is told in no run that makes it", async () => {
    await providers(false);
    await new Promise((done) => setImmediate(done));
    expect(told).not.toHaveBeenCalled();
  });
});
