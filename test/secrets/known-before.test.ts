import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import { keepSecrets } from "../../provider/core/keep-secrets";
import { client, type HostileServer, hostileServer } from "../support/hostile-server";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const names = { secrets: ["token"], secretArgs: ["mail.password", "keys.value"] };

let server: HostileServer;
beforeAll(async () => {
  server = await hostileServer();
});
afterAll(() => server.close());

describe("the secrets of properties are known by the definition", () => {
  const hidden = (properties: object) => {
    const { api } = client(server);
    keepSecrets(names, api, [{}, { ...properties }]);
    return (text: string) => api.hidden(text);
  };

  test.each([
    ["an output", { token: "first-secret" }],
    ["a member of an arg", { mail: { host: "a", password: "first-secret" } }],
    ["a member of each element of a list", { keys: [{ value: "other-one" }, { value: "first-secret" }] }],
    ["a secret of a wrong form", { mail: { password: [{ deep: "first-secret" }] } }],
  ])("where it is %s", (_, properties) => {
    expect(hidden(properties)("it is first-secret.")).toBe("it is [secret].");
  });

  test("and nothing else: not what stands beside, nor what stands for a value that is not known yet", () => {
    const hide = hidden({ token: unknown, mail: { host: "smtp.example", password: null }, keys: "none" });
    expect(hide(`smtp.example and ${unknown}`)).toBe(`smtp.example and ${unknown}`);
  });
});

describe("a secret of a body is known before anything is said about it", () => {
  const at = path`/api/server/v1/applications/${"a"}/inbound-protocols/oidc`;

  test.each([
    ["that is sent", { sent: { clientSecret: "plain and simple" }, answered: {} }],
    ["that is answered", { sent: {}, answered: { list: [{ secretValue: "plain and simple" }] } }],
    ["that is cut off", { sent: {}, answered: '{"clientSecret":"plain and simple","name"' }],
  ])("in one %s", async (_, { sent, answered }) => {
    server.reply = ({ method }) => (method === "PUT" ? { status: 200, body: answered } : undefined);
    const { api } = client(server);
    await api.put(at, sent);
    expect(api.hidden("it was plain and simple")).toBe("it was [secret]");
  });

  test("and one with escapes as it is", async () => {
    server.reply = ({ method }) => (method === "PUT" ? { status: 204 } : undefined);
    const { api } = client(server);
    await api.put(at, { clientSecret: 'a"b\\c\u00fcdef' });
    expect(api.hidden('x a"b\\c\u00fcdef y')).toBe("x [secret] y");
  });
});

test("what is not the server's own passes unchanged", () => {
  const secrets = new Secrets();
  secrets.add("kQ7vXw2ZpLr9TnB4sYd8");
  const text = 'name: "Shop" is taken by the application "Shop" (id 5f0c9e2a).\n- Else choose another.';
  expect(secrets.hide(text)).toBe(text);
});
