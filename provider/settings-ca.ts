import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

/** The certificates of a PEM file, or what is wrong with it. */
export interface Certificates {
  readonly certificates: readonly string[];
  readonly problem?: string;
  readonly warning?: string;
}

/**
 * The certificates that are trusted besides those of Node.js: each of the file, and with it those of NODE_EXTRA_CA_CERTS.
 * Node.js trusts the latter itself where no others are given; where they are, older releases would forget them.
 */
export function certificatesOf(caFile: string, environment: NodeJS.ProcessEnv): Certificates {
  const own = certificatesIn(caFile);
  const extra = environment.NODE_EXTRA_CA_CERTS;
  if (typeof own === "string") return { certificates: [], problem: own };
  if (!extra) return { certificates: own };
  const more = certificatesIn(extra);
  // Node.js goes on without the file too, and warns.
  return typeof more === "string"
    ? { certificates: own, warning: `NODE_EXTRA_CA_CERTS: ${more}; it is ignored` }
    : { certificates: [...own, ...more] };
}

/** What was read last, since settings are read again and again. */
const known = new Map<string, { text: string; result: readonly string[] | string }>();

/** The certificates of a file, one text each; or one text that says what is wrong. */
function certificatesIn(file: string): readonly string[] | string {
  const text = textOf(file);
  if (typeof text !== "string") return text.problem;
  const last = known.get(file);
  if (last?.text === text) return last.result;
  const result = read(file, text);
  known.set(file, { text, result });
  return result;
}

function textOf(file: string): string | { problem: string } {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { problem: `there is no file ${file}` };
    if (code === "EISDIR") return { problem: `${file} is a folder, not a PEM file` };
    return { problem: `the file ${file} cannot be read (${code})` };
  }
}

const pem = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----.*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/gs;

function read(file: string, text: string): readonly string[] | string {
  if (text.trim() === "") return `the file ${file} is empty`;
  const certificates = text.match(pem) ?? [];
  if (certificates.length === 0) {
    return /-----BEGIN [A-Z ]*KEY-----/.test(text)
      ? `the file ${file} holds a key, and no certificate; a key is not needed, and should not lie there`
      : `the file ${file} holds no PEM certificate, which begins with -----BEGIN CERTIFICATE-----`;
  }
  const ends: Date[] = [];
  for (const [index, certificate] of certificates.entries()) {
    const end = endOf(certificate);
    if (!end) {
      const which =
        certificates.length === 1 ? "the certificate" : `certificate ${index + 1} of ${certificates.length}`;
      return `${which} in the file ${file} is damaged`;
    }
    ends.push(end);
  }
  // Collections of certificates often have some that have expired, which does no harm.
  const last = new Date(Math.max(...ends.map(Number)));
  if (last.getTime() >= Date.now()) return certificates;
  const what = certificates.length === 1 ? "the certificate" : "every certificate";
  return `${what} in the file ${file} has expired (${last.toISOString().slice(0, 10)}); put the new one there, or set this machine's clock`;
}

/** When a certificate expires; undefined where it is none. */
function endOf(certificate: string): Date | undefined {
  try {
    return new Date(new X509Certificate(certificate).validTo);
  } catch {
    return undefined;
  }
}
