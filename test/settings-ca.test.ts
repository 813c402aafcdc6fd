import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterTest, cleanedUp, folder } from "./support/clean-up";
import { enough, problem, settings } from "./support/given";

afterEach(cleanedUp);

const [one = "", two = "", three = ""] = rootCertificates;

function file(text: string | Buffer): string {
  const path = join(folder(), "ca.pem");
  writeFileSync(path, text);
  return path;
}

const end = (certificate: string) => Date.parse(new X509Certificate(certificate).validTo);

const certificates = (caFile: string, env = {}) => settings({ ...enough, caFile }, env).certificates;

describe("caFile", () => {
  test("may have several certificates, words between them, and lines as Windows ends them", () => {
    expect(certificates(file(one))).toEqual([one]);
    expect(certificates(file(`Acme Root\n${one}\nAcme Other\n${two}`))).toEqual([one, two]);
    expect(certificates(file(`\ufeff${one}\n${two}\n`.replaceAll("\n", "\r\n")))).toHaveLength(2);
  });

  test("is read again where it has changed", () => {
    const path = file(one);
    expect(certificates(path)).toEqual([one]);
    writeFileSync(path, two);
    expect(certificates(path)).toEqual([two]);
  });

  const damaged = one.replace(/\n.*\n/, "\nhush-hush\n");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" });

  test.each([
    ["empty", " \n", /^the file \S+ is empty$/],
    ["text", "hush-hush", /^the file \S+ holds no PEM certificate, which begins with -----BEGIN CERTIFICATE-----$/],
    ["binary", Buffer.from([0x30, 0x82, 1, 1]), /^the file \S+ holds no PEM certificate/],
    ["a key", key, /^the file \S+ holds a key, and no certificate/],
    ["damaged", damaged, /^the certificate in the file \S+ is damaged$/],
    ["damaged in part", `${one}\n${damaged}`, /^certificate 2 of 2 in the file \S+ is damaged$/],
  ])("that is %s is one sentence, and nothing of it is repeated", (_, text, reason) => {
    const path = file(text);
    const message = problem({ ...enough, caFile: path });
    const [, sentence = ""] = /^caFile: (.*) \(a PEM file .*\)\. Give it by .*ASGARDEO_CA_FILE/.exec(message) ?? [];
    expect(sentence).toMatch(reason);
    expect(sentence).toContain(path);
    expect(message).not.toMatch(/hush|PRIVATE|\n/);
  });

  test("that is missing or a folder is one sentence", () => {
    const path = folder();
    expect(problem({ ...enough, caFile: path })).toMatch(`caFile: ${path} is a folder, not a PEM file (`);
    const none = join(path, "none");
    expect(problem({ ...enough, caFile: none })).toMatch(`caFile: there is no file ${none} (`);
    expect(problem({ ...enough, caFile: "a\0b" })).toMatch(
      /^caFile: the file .* cannot be read \(ERR_INVALID_ARG_VALUE\)/,
    );
  });

  test("is told together with all else that is wrong", () => {
    const lines = problem({ caFile: join(folder(), "none") }).split("\n");
    expect(lines.map((line) => line.split(":")[0])).toEqual(["organization", "clientId", "clientSecret", "caFile"]);
  });

  test("whose certificate has expired is told, unless there is another one that has not", () => {
    const [first = "", later = ""] = [...rootCertificates].sort((a, b) => end(a) - end(b));
    const now = jest.spyOn(Date, "now").mockReturnValue(end(first) + 1000);
    afterTest(() => now.mockRestore());
    expect(problem({ ...enough, caFile: file(first) })).toMatch(
      /^caFile: the certificate in the file \S+ has expired \(20\d\d-\d\d-\d\d\); put the new one there, or set this machine's clock/,
    );
    expect(
      certificates(file(`${first}\n${rootCertificates.find((one) => end(one) > end(first) + 1000)}`)),
    ).toHaveLength(2);
    now.mockReturnValue(Date.parse("2200-01-01"));
    expect(problem({ ...enough, caFile: file(`${first}\n${later}`) })).toMatch(
      /^caFile: every certificate in the file \S+ has/,
    );
  });
});

describe("NODE_EXTRA_CA_CERTS", () => {
  test("counts beside caFile, and is Node's own business without it", () => {
    const env = { NODE_EXTRA_CA_CERTS: file(`${two}\n${three}`) };
    expect(certificates(file(one), env)).toEqual([one, two, three]);
    expect(settings(enough, env).certificates).toEqual([]);
  });

  test("that cannot be used is a warning, as Node has it", () => {
    const none = join(folder(), "none");
    const found = settings({ ...enough, caFile: file(one) }, { NODE_EXTRA_CA_CERTS: none });
    expect(found.certificates).toEqual([one]);
    expect(found.warnings).toEqual([`NODE_EXTRA_CA_CERTS: there is no file ${none}; it is ignored`]);
  });
});

test("a file that may not be read is told as such", () => {
  const path = folder();
  mkdirSync(join(path, "a"));
  writeFileSync(join(path, "b"), one);
  expect(problem({ ...enough, caFile: join(path, "b", "c") })).toMatch(
    /^caFile: the file \S+ cannot be read \(ENOTDIR\)/,
  );
});
