import type { Application } from "../models/application";
import { authenticates } from "../oidc/secrets";
import type { Store } from "../store";
import type { Parameters } from "./parameters";

/** The application that a request comes from: a public one by its id alone, any other with its secret. */
export function clientOf(
  store: Store,
  authorization: string | undefined,
  parameters: Parameters,
  now: number,
): Application | undefined {
  const basic = basicCredentials(authorization);
  const id = basic?.id ?? parameters.get("client_id");
  const secret = basic?.secret ?? parameters.get("client_secret");
  const application = id === undefined ? undefined : store.clientOwner(id);
  const oidc = application?.oidc;
  if (!oidc || oidc.state === "REVOKED") return undefined;
  const isKnown = secret === undefined ? oidc.publicClient === true : authenticates(oidc, secret, now);
  return isKnown ? application : undefined;
}

/** RFC 6749, 2.3.1: id and secret are form-encoded before they are put together. */
function basicCredentials(authorization = ""): { id: string; secret: string } | undefined {
  const [scheme = "", value] = authorization.split(" ");
  if (scheme.toLowerCase() !== "basic" || !value) return undefined;
  const [id = "", ...rest] = Buffer.from(value, "base64").toString("utf8").split(":");
  return { id: decoded(id), secret: decoded(rest.join(":")) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
