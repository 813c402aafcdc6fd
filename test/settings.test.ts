import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { settingsFrom } from "../provider/settings";
import { enough, problem, settings, type Values } from "./support/given";

const enoughEnv = {
  ASGARDEO_ORGANIZATION: "env-org",
  ASGARDEO_CLIENT_ID: "env-id",
  ASGARDEO_CLIENT_SECRET: "env-secret",
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-settings-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const authority = rootCertificates[0] ?? "";

describe("sources", () => {
  test("organization, client and secret are enough", () => {
    expect(settings(enough)).toEqual({
      organization: "acme",
      tenantUrl: "https://api.asgardeo.io/t/acme",
      clientId: "me",
      clientSecret: "hush-hush",
      readOnly: false,
      strict: false,
      requestsPerMinute: 180,
      certificates: [],
      proxy: undefined,
      timeoutSeconds: 30,
      clientOrigin: expect.any(String),
      warnings: [],
    });
  });

  test("the environment alone is enough", () => {
    const { organization, clientId, clientSecret } = settings({}, enoughEnv);
    expect([organization, clientId, clientSecret]).toEqual(["env-org", "env-id", "env-secret"]);
  });

  test("the config wins over the environment, setting by setting", () => {
    const { organization, clientId } = settings({ organization: "acme" }, enoughEnv);
    expect([organization, clientId]).toEqual(["acme", "env-id"]);
  });

  test("every setting has its variable", () => {
    const env = {
      ...enoughEnv,
      ASGARDEO_BASE_URL: "https://is.example.com:9443",
      ASGARDEO_READ_ONLY: "true",
      ASGARDEO_STRICT: "true",
      ASGARDEO_REQUESTS_PER_MINUTE: "60",
      ASGARDEO_CA_FILE: file("ca.pem", authority),
      ASGARDEO_TIMEOUT_SECONDS: "5",
    };
    expect(settings({}, env)).toMatchObject({
      tenantUrl: "https://is.example.com:9443/t/env-org",
      readOnly: true,
      strict: true,
      requestsPerMinute: 60,
      certificates: [authority],
      timeoutSeconds: 5,
    });
  });

  test("an explicit provider may give numbers and booleans", () => {
    const given = {
      ...enough,
      readOnly: true,
      strict: true,
      requestsPerMinute: 60,
      timeoutSeconds: 5,
      organization: 42,
    };
    expect(settings(given)).toMatchObject({
      readOnly: true,
      strict: true,
      requestsPerMinute: 60,
      timeoutSeconds: 5,
      organization: "42",
    });
  });

  test("an empty text counts as not given", () => {
    expect(settings({ ...enough, organization: "" }, enoughEnv).organization).toBe("env-org");
    expect(settings({ ...enough, caFile: null, readOnly: undefined }, { ASGARDEO_READ_ONLY: "" }).readOnly).toBe(false);
  });

  test("space around a value is dropped", () => {
    expect(settings({ ...enough, clientId: " me\n" }, {}).clientId).toBe("me");
    expect(settings({ ...enough, clientSecret: undefined }, { ASGARDEO_CLIENT_SECRET: "s\n" }).clientSecret).toBe("s");
  });
});

describe("an organization of the tenant", () => {
  const id = "8763448d-a475-4d03-ac0c-cc1a3e6ad0f5";

  test("comes from the config, else from the environment, and is none where nobody names it", () => {
    const env = { ASGARDEO_CHILD_ORGANIZATION: "10084a8d-113f-4211-a0d5-efe36b082211" };
    expect(settings({ ...enough, childOrganization: id }, env).childOrganization).toBe(id);
    expect(settings(enough, env).childOrganization).toBe(env.ASGARDEO_CHILD_ORGANIZATION);
    expect(settings(enough).childOrganization).toBeUndefined();
  });

  test("changes nothing of where the tenant is", () => {
    expect(settings({ ...enough, childOrganization: ` ${id.toUpperCase()}` })).toEqual({
      ...settings(enough),
      childOrganization: id,
    });
  });

  test.each(["central.com", "Central Hospital", "acme", `${id}/x`, "../acme", "10"])(
    "is given by its id: %j is a name or a handle, and the error says where the id is",
    (given) => {
      expect(problem({ ...enough, childOrganization: given })).toMatch(
        /^childOrganization: must be an organization's id, such as `8763448d-.*`, not its name or its handle: .*resource Organization.*`pulumi config set asgardeo:childOrganization …`, by ASGARDEO_CHILD_ORGANIZATION/,
      );
    },
  );
});

describe("where the bootstrap client comes from", () => {
  const config = "the stack's config or an explicit provider";

  test("is told of its id and of its secret, each by itself", () => {
    expect(settings(enough).clientOrigin).toBe(
      `its id is from asgardeo:clientId (${config}), its secret from asgardeo:clientSecret (${config})`,
    );
    expect(settings({}, enoughEnv).clientOrigin).toBe(
      "its id is from ASGARDEO_CLIENT_ID, its secret from ASGARDEO_CLIENT_SECRET",
    );
    const { clientSecret, ...rest } = enough;
    expect(settings({ ...rest, clientSecretEnv: "STAGING" }, { STAGING: "s" }).clientOrigin).toMatch(
      /its secret from STAGING \(asgardeo:clientSecretEnv\)$/,
    );
    expect(settings(rest, { ASGARDEO_CLIENT_SECRET_FILE: file("origin", "s") }).clientOrigin).toMatch(
      /its secret from the file of ASGARDEO_CLIENT_SECRET_FILE$/,
    );
  });

  test("names another id that is ignored, and never a secret", () => {
    const { clientOrigin } = settings({ clientId: "me" }, enoughEnv);
    expect(clientOrigin).toBe(
      `its id is from asgardeo:clientId (${config}), its secret from ASGARDEO_CLIENT_SECRET; ASGARDEO_CLIENT_ID has another id, env-id, which is ignored`,
    );
    expect(clientOrigin).not.toContain("env-secret");
    expect(settings({ clientId: "env-id " }, enoughEnv).clientOrigin).not.toContain("ignored");
  });
});

describe("a setting that is misspelt", () => {
  test("is told with the one that is meant, where something is missing", () => {
    const message = problem({ organizaton: "acme", clientID: "me", clientSecert: "hush-hush", colour: "red" });
    for (const line of [
      "asgardeo:organizaton: no such setting; did you mean `organization`?",
      "asgardeo:clientID: no such setting; did you mean `clientId`?",
      "asgardeo:clientSecert: no such setting; did you mean `clientSecret`?",
      "asgardeo:colour: no such setting",
    ]) {
      expect(message.split("\n")).toContain(line);
    }
    expect(message).toContain("organization: missing");
    expect(message).not.toMatch(/hush-hush|red/);
  });

  test("is a warning where nothing is missing; what is near to none may be the program's own", () => {
    expect(settings({ ...enough, readonly: "true", colour: "red", clientSecretENV: "X" }).warnings).toEqual([
      "asgardeo:readonly: no such setting, so it counts for nothing; did you mean `readOnly`?",
      "asgardeo:clientSecretENV: no such setting, so it counts for nothing; did you mean `clientSecretEnv`?",
    ]);
  });

  test("of another namespace is none of ours, nor is a config whose keys cannot be known an error", () => {
    expect(settings({ ...enough, "aws:organizaton": "x", "project:readonly": "true" }).warnings).toEqual([]);
    const given: Values = { ...enough };
    expect(settingsFrom((key) => given[key.replace("asgardeo:", "")], {}).warnings).toEqual([]);
  });
});

describe("the secret", () => {
  const { clientSecret, ...rest } = enough;

  test("may be in a variable of one's own choice, which wins over all else", () => {
    const env = { STAGING_SECRET: "staging", ASGARDEO_CLIENT_SECRET: "other" };
    expect(settings({ ...enough, clientSecretEnv: "STAGING_SECRET" }, env).clientSecret).toBe("staging");
  });

  test("may be in a file, without the line's end", () => {
    const env = { ASGARDEO_CLIENT_SECRET_FILE: file("secret", "from-file\n") };
    expect(settings(rest, env).clientSecret).toBe("from-file");
  });

  test("given outright wins over the file", () => {
    const env = { ASGARDEO_CLIENT_SECRET_FILE: file("other", "from-file"), ASGARDEO_CLIENT_SECRET: "direct" };
    expect(settings(rest, env).clientSecret).toBe("direct");
    expect(settings(enough, { ASGARDEO_CLIENT_SECRET_FILE: join(folder, "none") }).clientSecret).toBe(clientSecret);
  });

  test("a variable that is not set is named, and no other source steps in", () => {
    const message = problem({ ...enough, clientSecretEnv: "STAGING_SECRET" }, { ASGARDEO_CLIENT_SECRET: "other" });
    expect(message).toMatch(/^clientSecretEnv: .*STAGING_SECRET is not set/);
  });

  test("what is wrong with it is told together with all else", () => {
    expect(
      problem({ clientSecretEnv: "STAGING_SECRET" })
        .split("\n")
        .map((line) => line.split(":")[0]),
    ).toEqual(["organization", "clientId", "clientSecretEnv"]);
  });
});

describe("the base URL", () => {
  const tenantUrl = (baseUrl: string, organization?: string) =>
    settings({ ...enough, organization, baseUrl }).tenantUrl;

  test.each([
    ["https://is.example.com:9443", undefined, "https://is.example.com:9443"],
    ["https://is.example.com:9443/", "acme", "https://is.example.com:9443/t/acme"],
    ["https://example.com/identity/", "acme", "https://example.com/identity/t/acme"],
    ["https://is.example.com/api/server/v1", undefined, "https://is.example.com"],
    ["https://is.example.com/api/server/v1/applications", undefined, "https://is.example.com"],
    ["https://api.asgardeo.io/t/acme/api/server/v1/", undefined, "https://api.asgardeo.io/t/acme"],
    ["https://api.asgardeo.io/t/acme", "acme", "https://api.asgardeo.io/t/acme"],
    ["https://api.asgardeo.io/t/acme/o/", undefined, "https://api.asgardeo.io/t/acme/o"],
    ["HTTPS://API.Asgardeo.io", "acme", "https://api.asgardeo.io/t/acme"],
    ["http://127.0.0.1:8080", "acme", "http://127.0.0.1:8080/t/acme"],
    ["http://localhost:8080", undefined, "http://localhost:8080"],
    ["http://[::1]:8080", undefined, "http://[::1]:8080"],
    ["https://t/x", "acme", "https://t/x/t/acme"],
  ])("%s with the organization %s is %s", (baseUrl, organization, expected) => {
    expect(tenantUrl(baseUrl, organization)).toBe(expected);
  });

  test("the organization may stand in it alone", () => {
    expect(
      settings({ ...enough, organization: undefined, baseUrl: "https://api.asgardeo.io/t/acme" }).organization,
    ).toBe("acme");
  });

  test("two organizations that contradict each other are refused: one of them would be changed by mistake", () => {
    expect(problem({ ...enough, organization: "staging", baseUrl: "https://api.asgardeo.io/t/acme" })).toMatch(
      /^organization: is another one than that in baseUrl/,
    );
  });

  test.each([
    ["api.asgardeo.io", /must be a URL such as/],
    ["is:9443", /must begin with https:/],
    ["http://is.example.com", /must begin with https:/],
    ["http://127.0.0.1.evil.example.com", /must begin with https:/],
    ["http://127.evil.example.com", /must begin with https:/],
    ["ftp://127.0.0.1", /must begin with https:/],
    ["https://me:hush-hush@is.example.com", /without user/],
    ["https://is.example.com/?hush-hush", /without user, query/],
  ])("%s is refused, and not repeated", (baseUrl, reason) => {
    const message = problem({ ...enough, baseUrl });
    expect(message).toMatch(/^baseUrl: /);
    expect(message).toMatch(reason);
    expect(message).not.toContain("hush-hush");
  });
});

describe("problems", () => {
  test("with no settings at all, each that is needed is named, with what it is and all the ways to give it", () => {
    expect(problem()).toBe(
      [
        "organization: missing (the tenant's organization name, as in the console's URL). Give it by `pulumi config set asgardeo:organization …`, by ASGARDEO_ORGANIZATION, or as `organization` of an explicit asgardeo.Provider.",
        "clientId: missing (the client id of the bootstrap client). Give it by `pulumi config set asgardeo:clientId …`, by ASGARDEO_CLIENT_ID, or as `clientId` of an explicit asgardeo.Provider.",
        "clientSecret: missing (the secret of the bootstrap client). Give it by ASGARDEO_CLIENT_SECRET or ASGARDEO_CLIENT_SECRET_FILE (recommended), by `pulumi config set --secret asgardeo:clientSecret …`, or as `clientSecretEnv` of an explicit asgardeo.Provider.",
      ].join("\n"),
    );
  });

  test("Asgardeo needs an organization, also where its URL is given", () => {
    expect(problem({ ...enough, organization: undefined, baseUrl: "https://api.asgardeo.io" })).toMatch(
      /^organization: missing/,
    );
  });

  test.each([
    ["organization", "https://console.asgardeo.io/t/acme", /must be an organization's name/],
    ["organization", "..", /must be an organization's name/],
    ["organization", "a/b", /must be an organization's name/],
    ["clientId", "  ", /is empty/],
    ["clientSecret", { hush: "hush-hush" }, /must be a text/],
    ["readOnly", "perhaps", /must be true or false/],
    ["strict", "very", /must be true or false/],
    ["caFile", ["ca.pem"], /must be a text/],
  ])("%s: %j is one problem, with its ways", (name, value, reason) => {
    const message = problem({ ...enough, [name]: value });
    expect(message.split("\n")).toHaveLength(1);
    expect(message).toMatch(new RegExp(`^${name}: `));
    expect(message).toMatch(reason);
    expect(message).toMatch(new RegExp(`asgardeo:${name} .*ASGARDEO_|ASGARDEO_.*asgardeo:${name} `));
    expect(message).not.toContain("hush-hush");
  });

  test.each([
    ["requestsPerMinute", 1_000_000],
    ["timeoutSeconds", 600],
  ])("a number that %s cannot be is told with those that it can be", (name, most) => {
    const wrong = [
      0,
      -1,
      1.5,
      most + 1,
      1e21,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      true,
      "many",
      "1e2",
      "0x10",
      ["5"],
    ];
    for (const value of [...wrong, "9".repeat(400)]) {
      expect(problem({ ...enough, [name]: value })).toMatch(
        new RegExp(`^${name}: must be a whole number from 1 to ${most} \\(.*Give it by .*asgardeo:${name}`),
      );
    }
    expect(settings({ ...enough, [name]: String(most) })).toMatchObject({ [name]: most });
  });

  test("no message has the secret, however much is wrong", () => {
    const message = problem({ ...enough, organization: "a b", baseUrl: "x", timeoutSeconds: "x", readOnly: "x" });
    expect(message.split("\n")).toHaveLength(4);
    expect(message).not.toContain("hush-hush");
  });

  test("nothing switches the check of certificates off", () => {
    expect(Object.keys(settings(enough)).filter((name) => /insecure|verify|reject|tls/i.test(name))).toEqual([]);
  });
});
