import type { Api } from "../../api/api";
import { takenAdvice } from "../../core/controls";
import type { Plain } from "../../core/schema";
import { type ApiError, AsgardeoError } from "../../errors";
import type { ApplicationArgs } from "../application.args";

import { matchApplication, withClientId } from "./directory";

/**
 * What a 409 means: the server answers it for a taken name and for a taken client id, with codes that do not tell which.
 */
export async function applicationConflict(
  api: Api,
  args: Plain<ApplicationArgs>,
  conflict: ApiError,
  by: "create" | "rename",
): Promise<AsgardeoError> {
  const clientId = args.oidc?.clientId;
  // Only for the message, so a failure of their own must not hide the conflict.
  const byName = await matchApplication(api, args, true).catch(() => undefined);
  const byClient = clientId === undefined ? undefined : await api.kept(withClientId, clientId).catch(() => undefined);
  if (byClient && !byName) {
    const holder = `the application ${JSON.stringify(byClient.name)} (id ${byClient.id})`;
    return isTaken("oidc.clientId", clientId, holder, "Choose another, or delete that application.", conflict);
  }
  const holder = byName ? `${byName.what} (id ${byName.id})` : "another application of the tenant";
  const advice = by === "create" ? (byName?.refusal ?? takenAdvice) : "Choose another, or rename that one first.";
  return isTaken("name", args.name, holder, advice, conflict);
}

function isTaken(property: string, value: unknown, holder: string, advice: string, cause: ApiError): AsgardeoError {
  return new AsgardeoError(
    `${property}: ${JSON.stringify(value)} is taken by ${holder}. ${advice} (${cause.message})`,
    { cause },
  );
}
