import { randomUUID } from "node:crypto";
import type { Services } from "../gate";
import type { Application } from "../models/application";
import { invalidGrant } from "../oauth-error";
import type { Token } from "../tokens";
import { placesOf, type TokenAnswer } from "./issue";
import { issuePair } from "./refresh-grant";
import { scopesOfUser } from "./scopes";

interface Switch {
  readonly application: Application;
  readonly organizationId: string;
  /** The token of the user. It stays in force. */
  readonly token: Token;
  readonly asked: readonly string[];
}

/** The tokens of a user for another organization: their scopes are those of the user's roles there. */
export async function switchedUser(
  services: Services,
  { application, organizationId, token, asked }: Switch,
): Promise<TokenAnswer> {
  if (!token.grant) throw invalidGrant("Invalid token received.");
  // What comes of the switch ends by itself.
  const grant = { ...token.grant, id: randomUUID() };
  const { there } = placesOf(services, { application, organizationId, grant });
  const scopes = scopesOfUser(there.store, there.application, grant.userId, asked);
  const { id_token: _, ...answer } = await issuePair(services, { application, organizationId, scopes, grant });
  return answer;
}
