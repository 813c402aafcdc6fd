import { join } from "node:path";
import { signInScene } from "./sign-in-scene";
import { answerOf, objectOf, sandboxFor, sharedJson, temporaryFolder, valueAt } from "./support";

const read = sharedJson("fixtures");
const where = read ? test : test.skip;
const suffix = "/.well-known/openid-configuration";

describe("OpenID Connect discovery", () => {
  test("is at both paths of the issuer, and at no other", async () => {
    const { ask, sandbox } = await signInScene();
    const { status, body } = await ask(`/oauth2/token${suffix}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      issuer: `${sandbox.baseUrl}/t/acme/oauth2/token`,
      end_session_endpoint: `${sandbox.baseUrl}/t/acme/oidc/logout`,
    });
    expect(await ask(`/oauth2/oidcdiscovery${suffix}`)).toMatchObject({ status: 200, body });
    expect((await ask(`/oauth2/other${suffix}`)).status).toBe(400);
    expect((await ask(suffix)).status).toBe(404);
  });

  where("has the members of the fixture, with its values", async () => {
    const { ask, sandbox } = await signInScene();
    const body = objectOf((await ask(`/oauth2/token${suffix}`)).body);
    const text = JSON.stringify(read?.("authn-discovery.response.json"));
    const fixture = objectOf(JSON.parse(text.replaceAll("https://api.asgardeo.io", sandbox.baseUrl)));
    for (const [name, value] of Object.entries(fixture)) {
      expect({ name, value: body[name] }).toEqual({
        name,
        value: Array.isArray(value) ? expect.arrayContaining(value) : value,
      });
    }
  });
});

describe("the key of tokens", () => {
  test("is public in its public half only", async () => {
    const { ask } = await signInScene();
    const { body } = await ask("/oauth2/jwks");
    const text = expect.any(String);
    const certificate = { x5c: [text], "x5t#S256": text, x5t: text };
    expect(body).toEqual({
      keys: [{ kty: "RSA", use: "sig", alg: "RS256", kid: text, e: "AQAB", n: text, ...certificate }],
    });
  });

  test("stays over restarts with a state file, and is another one without", async () => {
    const state = join(temporaryFolder(), "state.json");
    const kidOf = async (file?: string) => {
      const sandbox = await sandboxFor({ state: file });
      const { body } = await answerOf(await fetch(`${sandbox.baseUrl}/t/sandbox/oauth2/jwks`));
      await sandbox.close();
      return valueAt(body, "keys", 0);
    };
    const first = await kidOf(state);
    expect(await kidOf(state)).toEqual(first);
    expect(await kidOf()).not.toEqual(first);
  });
});
