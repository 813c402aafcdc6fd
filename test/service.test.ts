import { Provision } from "../provider/service";
import { type Sandbox, startSandbox } from "../sandbox/index";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** The provider of one run, as a transport has it. */
function provision(more: Record<string, unknown> = {}) {
  const { baseUrl, organization, clientId, clientSecret } = sandbox;
  const given: Record<string, unknown> = { baseUrl, organization, clientId, clientSecret, ...more };
  const said: string[] = [];
  const provider = new Provision({
    config: () => (key) => given[key.replace("asgardeo:", "")],
    say: (text) => void said.push(text),
  });
  const service = (type: string) => {
    const found = provider.resource(type);
    if (!found) throw new Error(`no resource ${type}`);
    return found;
  };
  return { provider, service, said };
}

const reasons = (failures: readonly { readonly reason: string }[]) => failures.map(({ reason }) => reason);
const loose = { name: "Loose", oidc: { grantTypes: ["password"] } };

test("a type that this version does not have is none", () => {
  expect(provision().provider.resource("Lamp")).toBeUndefined();
});

test("a cause that hits all resources is said once in full, and in short by the others", async () => {
  const { service } = provision({ clientSecret: "quite another secret" });
  const full = reasons(await service("Application").check({}, { name: "A" }));
  expect(full).toEqual([
    expect.stringMatching(/^clientId, clientSecret: the tenant does not accept .*; check asgardeo:clientId/s),
  ]);
  const others = [
    await service("Application").check({}, { name: "B" }),
    await service("ApiResource").check({}, { name: "C", identifier: "c" }),
  ];
  for (const failures of others) {
    expect(reasons(failures)).toEqual([
      expect.stringMatching(/^as another resource of this run says in full: clientId, clientSecret: .{1,90}…$/),
    ]);
  }
});

test("a refresh of many says a refused sign-in once in full, too", async () => {
  const { provider, service } = provision({ clientSecret: "quite another secret" });
  const read = async (id: string) =>
    provider.reason(
      await service("Application")
        .read(id, { name: id })
        .catch((error) => error),
    );
  expect(await read("1")).toMatch(/^clientId, clientSecret: the tenant does not accept/);
  expect(await read("2")).toMatch(/^as another resource of this run says in full: clientId, clientSecret: /);
});

test("good practice is a warning about what changes, said once with the resource's name", async () => {
  const { service, said } = provision();
  const args = { ...loose, __logicalName: "loose" };
  for (let n = 0; n < 2; n++) expect(await service("Application").check({}, args)).toEqual([]);
  expect(said).toEqual([
    expect.stringMatching(/^warning: Application "loose": oidc\.grantTypes\[0\]: the password grant/),
  ]);
  expect(await service("Application").check(loose, loose)).toEqual([]);
  expect(said).toHaveLength(1);
});

test("good practice is a failure with `strict`, also of what does not change", async () => {
  const { service } = provision({ strict: "true" });
  for (const olds of [{}, loose]) {
    expect(reasons(await service("Application").check(olds, loose))).toEqual([
      expect.stringMatching(/^oidc\.grantTypes\[0\]: the password grant/),
    ]);
  }
});

test("a provider that may only read refuses every write before it does anything", async () => {
  const { service } = provision({ readOnly: "true" });
  const application = service("Application");
  const before = sandbox.requests.length;
  const writes = [
    () => application.create(loose),
    () => application.update("1", loose, loose),
    () => application.delete("1", loose),
  ];
  for (const write of writes) await expect(write()).rejects.toThrow(/^readOnly: will not/);
  expect(sandbox.requests.length).toBe(before);
});
