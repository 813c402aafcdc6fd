import type { Services } from "./gate";
import type { Application, Authorization } from "./models/application";
import type { WithdrawFault } from "./models/fault";
import { reasonOf } from "./reason";
import type { Store } from "./store";
import { warn } from "./warning";

/** Whether the bootstrap client still has what it is to lose. */
export function canWithdraw(store: Store, rule: WithdrawFault): boolean {
  const bootstrap = store.application(store.tenant.bootstrap);
  return (
    bootstrap !== undefined && JSON.stringify(left(store, bootstrap, rule)) !== JSON.stringify(bootstrap.authorizations)
  );
}

/** Takes an authorization from the bootstrap client; answers whether that could be kept. */
export function withdraw({ store, tokens }: Services, rule: WithdrawFault): boolean {
  const bootstrap = store.application(store.tenant.bootstrap);
  if (!bootstrap) return false;
  try {
    store.change(() => store.replaceApplication({ ...bootstrap, authorizations: left(store, bootstrap, rule) }));
  } catch (error) {
    // It is not the request on which the fault is played that has failed.
    warn(`The bootstrap client keeps what it was to lose: ${reasonOf(error)}`);
    return false;
  }
  if (rule.tokens === "revoke") tokens.revokeOf(bootstrap.id);
  return true;
}

function left(store: Store, bootstrap: Application, { api, scope }: WithdrawFault): Authorization[] {
  if (api !== undefined) {
    return bootstrap.authorizations.filter(({ apiId }) => store.apiResource(apiId)?.identifier !== api);
  }
  return bootstrap.authorizations.map((authorization) => {
    const scopes = store.apiResource(authorization.apiId)?.scopes ?? [];
    const lost = scopes.filter(({ name }) => name === scope).map(({ id }) => id);
    return { ...authorization, scopeIds: authorization.scopeIds.filter((id) => !lost.includes(id)) };
  });
}
