import { z } from "zod";
import { ApiError } from "../errors";
import type { Collection } from "./api";
import { path } from "./path";

const list = z.array(z.looseObject({ name: z.string() }));

/** The names of all scopes of the tenant, whatever API has them. Empty where a server does not tell. */
export const scopesOfTenant: Collection<ReadonlySet<string>> = {
  load: async (api) => {
    try {
      const viewing = api.needing("internal_api_resource_view");
      return new Set((await viewing.get(path`/api/server/v1/scopes`, list)).map(({ name }) => name));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return new Set();
      throw error;
    }
  },
};
