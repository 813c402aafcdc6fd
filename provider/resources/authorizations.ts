import { z } from "zod";
import type { Collection } from "../api/api";
import { idText } from "../api/ids";
import { path } from "../api/path";

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
export const authorizationsOf: Collection<Authorization[] | undefined> = {
  load: (api, application) => api.find(authorizations(application), wires),
};
