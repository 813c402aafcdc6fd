import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getOrganizationInfo, getOrganizationInfoOutput } from "../../provider";
import { answered, configure, configuredTenant } from "./program";

test("the tenant's endpoints are those of its discovery document, and no token is taken for it", async () => {
  const sandbox = await configuredTenant({ organization: "acme" });
  const tenant = `${sandbox.baseUrl}/t/acme`;
  const found = await getOrganizationInfo();
  expect(found).toEqual({
    name: "acme",
    baseUrl: tenant,
    discoveryUrl: `${tenant}/oauth2/token/.well-known/openid-configuration`,
    issuer: `${tenant}/oauth2/token`,
    authorizationEndpoint: `${tenant}/oauth2/authorize`,
    tokenEndpoint: `${tenant}/oauth2/token`,
    jwksUri: `${tenant}/oauth2/jwks`,
    userinfoEndpoint: `${tenant}/oauth2/userinfo`,
    endSessionEndpoint: `${tenant}/oidc/logout`,
    introspectionEndpoint: `${tenant}/oauth2/introspect`,
    revocationEndpoint: `${tenant}/oauth2/revoke`,
    deviceAuthorizationEndpoint: `${tenant}/oauth2/device_authorize`,
    pushedAuthorizationRequestEndpoint: `${tenant}/oauth2/par`,
    registrationEndpoint: `${tenant}/api/identity/oauth2/dcr/v1.1/register`,
  });
  expect(await answered(getOrganizationInfoOutput())).toEqual(found);
  expect(sandbox.requests.map(({ path }) => path)).toEqual(["/t/acme/oauth2/token/.well-known/openid-configuration"]);
});

test("what the server says counts, not what its URLs look like, and credentials are not sent", async () => {
  const sandbox = await configuredTenant();
  const headers: object[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    const body = { issuer: "https://id.example.com", authorization_endpoint: "a", token_endpoint: "t", jwks_uri: "j" };
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    configure({ ...sandbox, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    expect(await getOrganizationInfo()).toMatchObject({
      issuer: "https://id.example.com",
      endSessionEndpoint: undefined,
      deviceAuthorizationEndpoint: undefined,
      pushedAuthorizationRequestEndpoint: undefined,
      registrationEndpoint: undefined,
    });
    expect(headers).toEqual([expect.not.objectContaining({ authorization: expect.anything() })]);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

test("a document that cannot be had is an error", async () => {
  const sandbox = await configuredTenant();
  configure({ ...sandbox, organization: "other" });
  await expect(getOrganizationInfo()).rejects.toThrow(/^getOrganizationInfo: GET \/oauth2\/token\/\.well-known/);
});
