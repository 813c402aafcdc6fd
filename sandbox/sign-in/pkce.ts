import type { Oidc } from "../models/oidc";
import { invalidRequest } from "../oauth-error";
import type { Code } from "./codes";

const plainChallenge = /^[A-Za-z0-9\-._~]{43,128}$/;
/** A SHA-256 hash in base64url has so many characters. */
const HASH_LENGTH = 43;

/** The challenge of an authorization request, in the order of the server's checks. It counts whether the application asks for one or not. */
export function challengeOf(
  pkce: Oidc["pkce"],
  value: string | undefined,
  method: string | undefined,
): Code["challenge"] {
  if (pkce?.mandatory && (value === undefined || !isSound(value, method))) {
    throw invalidRequest(
      "PKCE is mandatory for this application. PKCE Challenge is not provided or is not upto RFC 7636 specification.",
    );
  }
  if (value === undefined) return undefined;
  if (method !== undefined && method !== "plain" && method !== "S256") {
    throw invalidRequest("Unsupported PKCE Challenge Method");
  }
  if (method !== "S256" && !pkce?.supportPlainTransformAlgorithm) {
    throw invalidRequest('This application does not support "plain" transformation algorithm.');
  }
  if (!isSound(value, method)) throw invalidRequest("Code challenge used is not up to RFC 7636 specifications.");
  return { value, method: method ?? "plain" };
}

function isSound(value: string, method = "plain"): boolean {
  return method === "S256" ? value.length === HASH_LENGTH : method === "plain" && plainChallenge.test(value);
}
