import { createHash, type KeyObject, sign } from "node:crypto";

/** Tags of DER, the encoding of certificates (ITU-T X.690). */
const tag = {
  integer: 0x02,
  bits: 0x03,
  bytes: 0x04,
  text: 0x0c,
  shortTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
};

/** Object identifiers, whole, and what goes with them. */
const sha256WithRsa = der(tag.sequence, Buffer.from("06092a864886f70d01010b0500", "hex"));
const commonName = Buffer.from("0603550403", "hex");
const subjectKeyIdentifier = Buffer.from("0603551d0e", "hex");

const name = der(
  tag.sequence,
  der(tag.set, der(tag.sequence, commonName, der(tag.text, Buffer.from("pulumi-asgardeo sandbox")))),
);
/** From 2020 on, and without an end of its own: the last second of 9999 stands for that (RFC 5280, 4.1.2.5). */
const validity = der(
  tag.sequence,
  der(tag.shortTime, Buffer.from("200101000000Z")),
  der(tag.time, Buffer.from("99991231235959Z")),
);

/**
 * The self-signed certificate (X.509 v3, RFC 5280) of an RSA key, in DER. All that is in it follows from the key, so
 * it is the same each time, and does not have to be kept.
 */
export function certificateOf({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }): Buffer {
  const key = publicKey.export({ type: "spki", format: "der" });
  const id = createHash("sha256").update(key).digest().subarray(0, 20);
  const serial = Buffer.from(id);
  // Positive, and without a zero in front of it.
  serial[0] = 0x40 | (0x3f & (id[0] ?? 0));
  const identifier = der(tag.sequence, subjectKeyIdentifier, der(tag.bytes, der(tag.bytes, id)));
  const content = der(
    tag.sequence,
    der(tag.version, der(tag.integer, Buffer.from([2]))),
    der(tag.integer, serial),
    sha256WithRsa,
    name,
    validity,
    name,
    key,
    der(tag.extensions, der(tag.sequence, identifier)),
  );
  const signature = sign("sha256", content, privateKey);
  return der(tag.sequence, content, sha256WithRsa, der(tag.bits, Buffer.from([0]), signature));
}

/** A value: what it is, how long it is, and what is in it. */
function der(kind: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([kind]), lengthOf(content), content]);
}

/** A length below 128 is a byte. A longer one has a byte before it that says how many bytes it takes. */
function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}
