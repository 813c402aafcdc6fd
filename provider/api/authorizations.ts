import { z } from "zod";
import type { Loadable } from "./collections";
import { idText } from "./ids";
import { type Path, path } from "./path";

/** What it needs of the client, which itself uses this file by way of own-scopes.ts. */
interface Client {
  find<S extends z.ZodType>(path: Path, schema: S): Promise<z.infer<S> | undefined>;
}

export const authorizations = (application: string) => path`/api/server/v1/applications/${application}/authorized-apis`;

const wire = z.looseObject({
  id: idText,
  identifier: z.string().nullish(),
  policyId: z.string().nullish(),
  authorizedScopes: z.array(z.looseObject({ name: z.string() })).nullish(),
});

export type Authorization = z.infer<typeof wire>;

const wires = z.array(wire);

/** All authorizations of an application: one request tells them, so all that ask for one share it. */
export const authorizationsOf: Loadable<Authorization[] | undefined, Client> = {
  load: (api, application) => api.find(authorizations(application), wires),
};
