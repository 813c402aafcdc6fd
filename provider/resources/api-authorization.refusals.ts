import type { Api } from "../api/api";
import type { Failure } from "../core/check";
import { missing } from "../core/references";
import type { Run } from "../core/run";
import type { Plain } from "../core/schema";
import { AsgardeoError, hasCode, isConflict } from "../errors";
import type { ApiAuthorizationArgs } from "./api-authorization.args";
import { apiTextOf, applicationText, scopeParts } from "./api-authorization.references";
import { apiText, apiWithId } from "./api-look-up";

type Args = Plain<ApiAuthorizationArgs>;

/** The server's refusals in terms of the args: it names neither the scope nor the API that it does not know. */
export async function refusalInArgs(api: Api, run: Run, apiId: string, args: Args, error: unknown): Promise<unknown> {
  if (isConflict(error)) {
    const advice =
      "If it is the one that this program is to manage, add `adopt: true` to the resource; else remove it.";
    return new AsgardeoError(
      `api: ${applicationText(run, args.application)} is authorized for ${apiTextOf(run, args.api)} already. ${advice} (${error.message})`,
      { cause: error },
    );
  }
  if (hasCode(error, "APP-60006")) {
    return new AsgardeoError(
      `application: there is no application with the id ${args.application} in this tenant. (${error.message})`,
      { cause: error },
    );
  }
  if (hasCode(error, "APP-60507")) {
    return new AsgardeoError(`api: there is no API with the id ${apiId} in this tenant. (${error.message})`, {
      cause: error,
    });
  }
  if (hasCode(error, "APP-60508")) {
    const failures = await missingScopes(api, apiId, args).catch(() => []);
    const reasons = failures.map(({ reason }) => reason).join("\n");
    return failures.length === 0 ? error : new AsgardeoError(`${reasons} (${error.message})`, { cause: error });
  }
  if (hasCode(error, "APP-60511") || hasCode(error, "APP-60512")) {
    return new AsgardeoError(`policy: this API accepts another policy only, most likely RBAC. (${error.message})`, {
      cause: error,
    });
  }
  return error;
}

async function missingScopes(api: Api, apiId: string, args: Args): Promise<Failure[]> {
  const live = await api.afresh(apiWithId, apiId);
  const names = (live?.scopes ?? []).map(({ name }) => name);
  return live ? missing(scopeParts, args, names, apiText(live.name, apiId)) : [];
}
