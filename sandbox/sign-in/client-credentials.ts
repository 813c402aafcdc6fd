import type { HonoRequest } from "hono";
import type { Services } from "../gate";
import type { Application } from "../models/application";
import { invalidRequest, OAuthError } from "../oauth-error";
import { authenticates } from "../oidc/secrets";

export type Form = ReadonlyMap<string, string>;

/** Where the credentials of a client are looked for, besides the header. */
interface Named {
  get(name: string): string | undefined;
}

/** The parameters of a form, each at most once. */
export async function formOf(request: HonoRequest): Promise<Form> {
  const parameters = new URLSearchParams(await request.text());
  const names = [...parameters.keys()];
  if (new Set(names).size < names.length) throw invalidRequest("Repeated parameters found in the request");
  return new Map(parameters);
}

/** The client that a request names, and whether it has proved to be that one. A public client has nothing to prove. */
export interface NamedClient {
  readonly application: Application;
  readonly isPublic: boolean;
}

/** What a request says of its client: in the header, or in the form. `application` is there where it has proved to be that one. */
export function claimedClient(
  { store, now }: Pick<Services, "store" | "now">,
  authorization: string | undefined,
  form: Named,
): {
  readonly clientId: string | undefined;
  readonly isPublic: boolean;
  readonly application: Application | undefined;
} {
  const basic = basicCredentials(authorization);
  const clientId = basic?.name ?? form.get("client_id");
  const secret = basic?.password ?? form.get("client_secret");
  const isPublic = secret === undefined;
  const application = clientId === undefined ? undefined : store.clientOwner(clientId);
  const oidc = application?.oidc;
  const isKnown = oidc && (isPublic ? oidc.publicClient === true : authenticates(oidc, secret, now()));
  return { clientId, isPublic, application: isKnown ? application : undefined };
}

/** The application whose client credentials a request carries. */
export function authenticatedClient(services: Services, authorization: string | undefined, form: Named): NamedClient {
  const { clientId, isPublic, application } = claimedClient(services, authorization, form);
  if (!clientId) throw invalidClient("Client ID not found in the request.");
  if (!application) throw invalidClient("Client credentials are invalid.");
  if (application.oidc?.state === "REVOKED") throw invalidClient("Oauth application is in REVOKED state.");
  if (!application.applicationEnabled) throw invalidClient("Application is disabled.");
  return { application, isPublic };
}

export function invalidClient(description: string): OAuthError {
  return new OAuthError(401, "invalid_client", description);
}

/** RFC 6749, 2.3.1: id and secret are form-encoded before they are put together. */
export function basicCredentials(authorization = ""): { name: string; password: string } | undefined {
  const [scheme, value] = authorization.split(" ");
  if (scheme?.toLowerCase() !== "basic" || !value) return undefined;
  const [name = "", ...rest] = Buffer.from(value, "base64").toString("utf8").split(":");
  return { name: formDecoded(name), password: formDecoded(rest.join(":")) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
