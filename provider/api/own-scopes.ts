import { z } from "zod";
import { AsgardeoError } from "../errors";
import { authorizationsOf } from "./authorizations";
import type { Loadable } from "./collections";
import { type Path, path, type Query } from "./path";
import type { Scope } from "./scopes";

/** What it needs of the client, which itself uses this file. */
interface Client {
  readonly clientId: string;
  permitted(permission: {
    readonly access: "view";
    readonly needs: readonly Scope[];
    readonly optional: readonly Scope[];
  }): Client;
  find<S extends z.ZodType>(path: Path, schema: S): Promise<z.infer<S> | undefined>;
  get<S extends z.ZodType>(path: Path, schema: S, query?: Query): Promise<z.infer<S>>;
}

const applications = z.looseObject({
  applications: z.array(z.looseObject({ id: z.string(), clientId: z.string().nullish() })).nullish(),
});

/**
 * The names of all scopes that the bootstrap client is authorized for, read from its own application: so a preview can tell
 * what a run will lack without a token that could write. Undefined where it cannot be read: then the run will tell.
 */
export const ownScopes: Loadable<ReadonlySet<string> | undefined, Client> = {
  load: async (api) => {
    const { clientId } = api;
    const viewing = api.permitted({ access: "view", needs: ["internal_application_mgt_view"], optional: [] });
    try {
      const id = await applicationWith(viewing, clientId);
      if (id === undefined) return undefined;
      const all = await authorizationsOf.load(viewing, id);
      return all && new Set(all.flatMap(({ authorizedScopes }) => (authorizedScopes ?? []).map(({ name }) => name)));
    } catch (error) {
      if (error instanceof AsgardeoError) return undefined;
      throw error;
    }
  },
};

async function applicationWith(api: Client, clientId: string): Promise<string | undefined> {
  if (/\s/.test(clientId)) return undefined;
  const found = await api.get(path`/api/server/v1/applications`, applications, { filter: `clientId eq ${clientId}` });
  return found.applications?.find((each) => each.clientId === clientId)?.id;
}
