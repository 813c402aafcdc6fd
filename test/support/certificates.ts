import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folder } from "./clean-up";

/** Whether certificates can be made here: Node itself cannot sign one. */
export const openssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** A test that needs certificates. */
export const ifOpenssl = openssl ? test : test.skip;

export interface Certificate {
  readonly key: string;
  /** The certificate as PEM, and the file that has it. */
  readonly cert: string;
  readonly certFile: string;
}

/** A certificate of its own making for a name such as `DNS:idp.example.com`. */
export function certificate(name: string): Certificate {
  const path = folder();
  const [keyFile, certFile] = [join(path, "key.pem"), join(path, "cert.pem")];
  execFileSync(
    "openssl",
    // biome-ignore format: one option and its value a line says less
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-subj", "/CN=test", "-addext", `subjectAltName=${name}`, "-keyout", keyFile, "-out", certFile],
    { stdio: "ignore" },
  );
  return { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8"), certFile };
}
