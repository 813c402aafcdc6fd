import { z } from "zod";
import type { Collection } from "../collection";
import { type Application, applicationRecord } from "../models/application";
import { oidcOf } from "../oidc/record";
import type { Server } from "../versions";
import { emptyApplication } from "./create";

/** The applications, each with its clients and authorizations. */
export const applications: Collection<Application[]> = {
  content: z.array(applicationRecord),
  empty: [],
  inEveryFile: true,
  seed: ({ applications, server }) => {
    applications.push(portal("Console", server), portal("My Account", server));
  },
  forget: {
    roles: ({ applications }, ids) => {
      for (const { associatedRoles } of applications) {
        associatedRoles.roles = associatedRoles.roles?.filter(({ id }) => !ids.has(id));
      }
    },
    apiResources: ({ applications }, ids) => {
      for (const application of applications) {
        application.authorizations = application.authorizations.filter(({ apiId }) => !ids.has(apiId));
      }
    },
    scopes: ({ applications }, ids) => {
      for (const authorization of applications.flatMap(({ authorizations }) => authorizations)) {
        authorization.scopeIds = authorization.scopeIds.filter((id) => !ids.has(id));
      }
    },
  },
};

function portal(name: string, server: Server): Application {
  const clientId = name.toUpperCase().replace(" ", "_");
  return {
    ...emptyApplication(name, server),
    system: true,
    oidc: oidcOf(
      {
        clientId,
        publicClient: true,
        grantTypes: ["authorization_code", "refresh_token"],
        callbackURLs: [`https://localhost/${name.toLowerCase().replace(" ", "")}/login`],
      },
      "create",
    ),
  };
}
