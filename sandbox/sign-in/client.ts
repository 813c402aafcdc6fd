import type { Application } from "../models/application";
import { authenticates } from "../oidc/secrets";
import type { Store } from "../store";
import { basicCredentials } from "./client-credentials";
import type { Parameters } from "./parameters";

/** The application that a request comes from: a public one by its id alone, any other with its secret. */
export function clientOf(
  store: Store,
  authorization: string | undefined,
  parameters: Parameters,
  now: number,
): Application | undefined {
  const basic = basicCredentials(authorization);
  const id = basic?.name ?? parameters.get("client_id");
  const secret = basic?.password ?? parameters.get("client_secret");
  const application = id === undefined ? undefined : store.clientOwner(id);
  const oidc = application?.oidc;
  if (!oidc || oidc.state === "REVOKED") return undefined;
  const isKnown = secret === undefined ? oidc.publicClient === true : authenticates(oidc, secret, now);
  return isKnown ? application : undefined;
}
