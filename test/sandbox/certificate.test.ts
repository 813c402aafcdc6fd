import { createHash, createPublicKey, generateKeyPairSync, type JsonWebKey, X509Certificate } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { certificateOf } from "../../sandbox/sign-in/certificate";
import { answerOf, objectOf, sandboxFor, temporaryFolder, valueAt } from "./support";

/** The one key of a tenant, with its certificate. */
async function servedKey(state?: string) {
  const sandbox = await sandboxFor({ state });
  const { body } = await answerOf(await fetch(`${sandbox.baseUrl}/t/${sandbox.organization}/oauth2/jwks`));
  await sandbox.close();
  const key = objectOf(valueAt(body, "keys", 0));
  const x5c = key.x5c;
  if (!Array.isArray(x5c)) throw new Error("The key has no certificates.");
  const der = Buffer.from(String(x5c[0]), "base64");
  return { key, x5c, der, certificate: new X509Certificate(der) };
}

const hashed = (algorithm: "sha1" | "sha256", bytes: Buffer) => createHash(algorithm).update(bytes).digest("base64url");

describe("the certificate of the key of tokens", () => {
  test("is one, of this very key, and signed by it", async () => {
    const { key, x5c, der, certificate } = await servedKey();
    expect(x5c).toEqual([der.toString("base64")]);
    const own = createPublicKey({ key: key as JsonWebKey, format: "jwk" });
    expect(certificate.publicKey.equals(own)).toBe(true);
    expect(certificate.verify(own)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(certificate.issuer).toBe(certificate.subject);
  });

  test("is not taken for one of another key", async () => {
    const { certificate } = await servedKey();
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    expect(certificate.verify(publicKey)).toBe(false);
  });

  test("is named by its hashes", async () => {
    const { key, der } = await servedKey();
    expect(key).toMatchObject({ "x5t#S256": hashed("sha256", der), x5t: hashed("sha1", der) });
  });

  test("is valid now and for years, and has a serial number of its own", async () => {
    const [one, other] = [(await servedKey()).certificate, (await servedKey()).certificate];
    const years = new Date();
    years.setFullYear(years.getFullYear() + 20);
    expect(Date.parse(one.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(one.validTo)).toBeGreaterThan(years.getTime());
    // A negative one would be shown with a minus sign. RFC 5280 has at most 20 bytes.
    expect(one.serialNumber).toMatch(/^[0-9A-F]{2,40}$/);
    expect(BigInt(`0x${one.serialNumber}`) > 0n).toBe(true);
    expect(other.serialNumber).not.toBe(one.serialNumber);
  });

  test("is the same each time it is made, and a key of another size has one as well", () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const der = certificateOf({ privateKey, publicKey });
    expect(certificateOf({ privateKey, publicKey })).toEqual(der);
    expect(new X509Certificate(der).verify(publicKey)).toBe(true);
  });

  test("stays over restarts, also with a state file that an older version has written", async () => {
    const state = join(temporaryFolder(), "state.json");
    copyFileSync(join(__dirname, "..", "state", "v0.1.0", "tenant.json"), state);
    const first = await servedKey(state);
    const { signingKey } = JSON.parse(readFileSync(state, "utf8"));
    // As older versions have kept it: nothing of a certificate.
    expect(Object.keys(signingKey).sort()).toEqual(["kid", "privateKey"]);
    expect((await servedKey(state)).key).toEqual(first.key);
  });
});
