import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanedUp, folder } from "./support/clean-up";
import { enough, problem, settings } from "./support/given";

afterEach(cleanedUp);

const { clientSecret: _, ...rest } = enough;

/** A file of its own with these rights. */
function file(text: string, mode = 0o600, path = join(folder(), "secret")): string {
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe("a secret that is written into the wrong setting is not repeated", () => {
  const secrets = [
    "aB3_hushHush",
    "A1B2C3HUSHHUSH",
    "HUSHHUSHHUSH",
    "HUSH_HUSH_HUSH",
    "hush/hush/hush",
    "/hush+hush=",
    "hush\\hush",
    "hush\0hush",
    "hush hush",
    `hush${"h".repeat(5000)}`,
  ];

  test.each(secrets)("clientSecretEnv: %j", (secret) => {
    const message = problem({ ...rest, clientSecretEnv: secret });
    expect(message).toMatch(/^clientSecretEnv: must be the name of an environment variable/);
    expect(message).not.toMatch(/hush/i);
  });

  test.each(secrets)("ASGARDEO_CLIENT_SECRET_FILE: %j", (secret) => {
    const message = problem(rest, { ASGARDEO_CLIENT_SECRET_FILE: secret });
    expect(message).toMatch(
      /^ASGARDEO_CLIENT_SECRET_FILE: names no file that can be read \(E\w+\); it must be the path/,
    );
    expect(message).not.toMatch(/hush/i);
  });

  test.each(["organization", "baseUrl", "clientId", "caFile", "requestsPerMinute", "readOnly"])(
    "%s, beside the one for it",
    (name) => {
      const secret = "HushHush123";
      const value = name === "baseUrl" ? `https://is.example.com/${secret}` : secret;
      const message = problem({ ...enough, clientSecret: secret, [name]: value });
      expect(message).toMatch(new RegExp(`^${name}: holds the client secret`, "m"));
      expect(message).not.toMatch(/hush/i);
    },
  );

  test("the secret of the environment where that of the configuration is the beginning of it", () => {
    const longer = `${enough.clientSecret}-HushHush`;
    const { clientOrigin } = settings(
      { ...enough },
      { ASGARDEO_CLIENT_ID: `a ${longer}`, ASGARDEO_CLIENT_SECRET: longer },
    );
    expect(clientOrigin).toContain("another id, a [secret], which is ignored");
    expect(clientOrigin).not.toMatch(/hush/i);
  });

  test("the other client id, which is ignored", () => {
    const { clientOrigin } = settings({ ...enough }, { ASGARDEO_CLIENT_ID: enough.clientSecret });
    expect(clientOrigin).toContain("another id, [secret], which is ignored");
  });

  test("a name with user and password in the base URL", () => {
    const message = problem({ ...enough, baseUrl: "https://me:hush-hush@is.example.com", caFile: "/hush-hush" });
    expect(message).not.toContain("hush-hush");
  });
});

describe("what is surely no secret is named", () => {
  test.each(["ASGARDEO_CLIENT_SECRET", "STAGING_CLIENT_SECRET", "SECRET_OF_STAGING", "ASGARDEO_STAGING"])(
    "the variable %s",
    (name) => {
      expect(problem({ ...rest, clientSecretEnv: name })).toBe(
        `clientSecretEnv: the environment variable ${name} is not set or empty; put the client secret there`,
      );
    },
  );

  test("a file that is missing where its folder is there", () => {
    const path = join(folder(), "none");
    expect(problem(rest, { ASGARDEO_CLIENT_SECRET_FILE: path })).toBe(
      `ASGARDEO_CLIENT_SECRET_FILE: the file ${path} cannot be read (ENOENT); it must hold the client secret`,
    );
    expect(problem(rest, { ASGARDEO_CLIENT_SECRET_FILE: "./none" })).toContain("the file ./none cannot be read");
  });

  test("a folder, and a file that is empty", () => {
    const path = folder();
    expect(problem(rest, { ASGARDEO_CLIENT_SECRET_FILE: path })).toContain(`the file ${path} cannot be read (EISDIR)`);
    const empty = file(" \n");
    expect(problem(rest, { ASGARDEO_CLIENT_SECRET_FILE: empty })).toContain(`the file ${empty} is empty`);
  });
});

const ifRights = process.platform === "win32" ? test.skip : test;

describe("a secret's file", () => {
  const warnings = (path: string) => settings(rest, { ASGARDEO_CLIENT_SECRET_FILE: path }).warnings;

  ifRights.each([0o644, 0o604, 0o444])("that everybody may read (%o) is a warning", (mode) => {
    const path = file("hush-hush", mode);
    expect(warnings(path)).toEqual([
      `ASGARDEO_CLIENT_SECRET_FILE: everybody on this machine may read the file ${path}; take that right away: chmod 600 ${path}`,
    ]);
  });

  ifRights.each([0o600, 0o400, 0o440, 0o640])("that its owner or a group may read (%o) is none", (mode) => {
    expect(warnings(file("hush-hush", mode))).toEqual([]);
  });

  ifRights("that Kubernetes mounts is none: it is open within the container, and cannot be changed", () => {
    const path = folder();
    mkdirSync(join(path, "..2026_01_01"));
    file("hush-hush", 0o644, join(path, "..2026_01_01", "secret"));
    symlinkSync("..2026_01_01", join(path, "..data"));
    symlinkSync(join("..data", "secret"), join(path, "secret"));
    expect(warnings(join(path, "secret"))).toEqual([]);
  });
});
