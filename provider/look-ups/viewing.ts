import type { Api } from "../api/api";
import type { Scope } from "../api/scopes";

/** The tenant for a look-up, whose token asks for what the look-ups of this program need, and for nothing else. */
export function viewing(api: Api, ...needs: Scope[]): Api {
  api.inUse(needs);
  return api.permitted({ access: "view", needs, optional: [] });
}
