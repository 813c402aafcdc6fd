import type { Api } from "../api/api";
import { asked } from "../api/scopes";
import type { Plain } from "../core/schema";
import { AsgardeoError } from "../errors";
import { withClientId } from "./application/directory";
import type { OidcArgs } from "./application/oidc";

/** Under this key a process notes the authorizations of an application that it has made. */
export const madeKey = (application: string) => `authorizations of the new application ${application}`;

/** Refuses to take scopes away from the bootstrap client that the provider itself works with. */
export async function refuseSelfHarm(
  api: Api,
  application: string,
  old: readonly string[],
  scopes: readonly string[],
): Promise<void> {
  const needed: readonly string[] = asked.write;
  const lost = old.filter((scope) => needed.includes(scope) && !scopes.includes(scope));
  if (lost.length === 0) return;
  const own = await withClientId(api.needing("internal_application_mgt_view"), api.clientId);
  if (own?.id !== application) return;
  throw new AsgardeoError(
    `scopes: will not take ${lost.join(", ")} from the application ${application}, since the provider signs in with its client ${api.clientId} and needs them. Take the resource out of the state with \`pulumi state delete\`, or sign in with another client.`,
  );
}

/** Refuses what would end the provider's own client: to delete, disable or change it so that it cannot sign in. */
export function refuseEnding(
  api: Api,
  clientId: string | undefined,
  what: "delete" | { enabled?: boolean; oidc?: Plain<OidcArgs> },
): void {
  if (clientId === undefined || clientId !== api.clientId) return;
  const verb =
    what === "delete"
      ? "delete the application"
      : what.enabled === false
        ? "enabled: will not disable the application"
        : what.oidc === undefined
          ? "oidc: will not remove the client"
          : what.oidc.grantTypes.includes("client_credentials")
            ? undefined
            : "oidc.grantTypes: will not take the grant `client_credentials`";
  if (verb === undefined) return;
  const text = what === "delete" ? `will not ${verb}` : verb;
  throw new AsgardeoError(
    `${text}: the provider signs in with its client ${clientId}. Sign in with another client to do that.`,
  );
}
