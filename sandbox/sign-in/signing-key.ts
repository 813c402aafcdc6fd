import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";
import type { Collection } from "../collection";
import type { Store } from "../store";
import { certificateOf } from "./certificate";

const record = z.object({ kid: z.string(), privateKey: z.string() });

/** The key of a tenant's tokens, in PEM; null until the first is signed. A state file keeps it: tokens outlive a restart. */
export const signingKey: Collection<z.infer<typeof record> | null> = { content: record.nullable(), empty: null };

interface Pair {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The key that signs JWTs. It is made at the first need: that takes long compared with all else that the sandbox does. */
export class SigningKey {
  private made: Promise<Pair> | undefined;

  /** Without a store, the key ends with the process. */
  constructor(private readonly store?: Store) {}

  async sign(claims: Record<string, unknown>, typ: "JWT" | "at+jwt"): Promise<string> {
    const [{ SignJWT }, { kid, privateKey }] = await Promise.all([import("jose"), this.pair()]);
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ, kid }).sign(privateKey);
  }

  /** The claims of a JWT that this key has signed, however old it is; undefined for anything else. */
  async claimsOf(token: string): Promise<Record<string, unknown> | undefined> {
    const [{ compactVerify }, { publicKey }] = await Promise.all([import("jose"), this.pair()]);
    try {
      const { payload } = await compactVerify(token, publicKey, { algorithms: ["RS256"] });
      return z.record(z.string(), z.unknown()).parse(JSON.parse(new TextDecoder().decode(payload)));
    } catch {
      return undefined;
    }
  }

  /** The public half, with its certificate and the names of that. */
  async jwk() {
    const [{ exportJWK }, pair] = await Promise.all([import("jose"), this.pair()]);
    const certificate = certificateOf(pair);
    const hashed = (algorithm: "sha1" | "sha256") => createHash(algorithm).update(certificate).digest("base64url");
    return {
      ...(await exportJWK(pair.publicKey)),
      ...{ kid: pair.kid, use: "sig", alg: "RS256", x5c: [certificate.toString("base64")] },
      ...{ "x5t#S256": hashed("sha256"), x5t: hashed("sha1") },
    };
  }

  private pair(): Promise<Pair> {
    this.made ??= this.load().catch((error: unknown) => {
      // A disk that was full may have room again.
      this.made = undefined;
      throw error;
    });
    return this.made;
  }

  private async load(): Promise<Pair> {
    const kept = this.store?.tenant.signingKey;
    if (kept) {
      const privateKey = createPrivateKey(kept.privateKey);
      return { kid: kept.kid, privateKey, publicKey: createPublicKey(privateKey) };
    }
    const { calculateJwkThumbprint, exportJWK } = await import("jose");
    const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
    const kid = `${await calculateJwkThumbprint(await exportJWK(publicKey))}_RS256`;
    this.keep({ kid, privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString() });
    return { kid, privateKey, publicKey };
  }

  private keep(key: z.infer<typeof record>): void {
    const { store } = this;
    store?.change(() => {
      store.tenant.signingKey = key;
    });
  }
}
