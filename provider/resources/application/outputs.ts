import type { Known } from "../../core/definition";
import type { Plain } from "../../core/schema";
import { MissingScopeError } from "../../errors";
import type { ApplicationArgs, ApplicationOutputs } from "../application.args";
import { text } from "../wire";
import { applicationText } from "./names";
import type { OidcWire } from "./oidc.model";

export type Client = Known<
  Pick<ApplicationOutputs, "clientId" | "clientSecret" | "previousSecretId" | "previousSecretSince">
>;

export const noClient: Client = {
  clientId: undefined,
  clientSecret: undefined,
  previousSecretId: undefined,
  previousSecretSince: undefined,
};

/**
 * The client as outputs. Newer servers leave the secret out of the answer, with status 200, unless the token may see it:
 * then the one in state is kept, as long as it belongs to the same client.
 */
export function client(wire: OidcWire, known: Partial<Client> = {}): Client {
  const isSame = known.clientId === wire.clientId;
  const clientSecret = text(wire.clientSecret) ?? (isSame ? known.clientSecret : undefined);
  // The server says where there is no old secret any more.
  const hasOld = isSame && wire.multipleClientSecretsConfigured !== false;
  const { previousSecretId, previousSecretSince } = hasOld ? known : noClient;
  return { clientId: wire.clientId, clientSecret, previousSecretId, previousSecretSince };
}

/** The same for what the program manages: there, a secret that nobody knows is an error, since a blank one helps nobody. */
export function managedClient(
  wire: OidcWire,
  args: Pick<Plain<ApplicationArgs>, "name" | "storeSecret">,
  known?: Partial<Client>,
): Client {
  const outputs = client(wire, known);
  if (args.storeSecret === false) return withoutSecret(outputs);
  if (outputs.clientSecret === undefined && wire.publicClient !== true) {
    throw new MissingScopeError(
      [secretView],
      `The server does not show the client secret of ${applicationText(args.name)}: the bootstrap client is not authorized for ${secretView} of "Application Management API" (/api/server/v1/applications). Authorize it in the console: Applications > the bootstrap client's application > API Authorization.`,
    );
  }
  return outputs;
}

/** What is kept where the program wants the secret out of state. */
export function withoutSecret<T extends Partial<Client>>(outputs: T): T {
  return { ...outputs, clientSecret: undefined };
}

const secretView = "internal_application_mgt_client_secret_view";

type Endpoints = Omit<ApplicationOutputs, keyof Client>;

/** The tenant's OAuth 2.0 and OpenID Connect endpoints, as the server's discovery document names them. */
export function endpoints(base: string): Endpoints {
  return {
    issuer: `${base}/oauth2/token`,
    authorizationEndpoint: `${base}/oauth2/authorize`,
    tokenEndpoint: `${base}/oauth2/token`,
    endSessionEndpoint: `${base}/oidc/logout`,
    jwksUri: `${base}/oauth2/jwks`,
    discoveryUrl: `${base}/oauth2/token/.well-known/openid-configuration`,
  };
}
