import { z } from "zod";
import { requireWhereKnown } from "../api/optional-scopes";
import { path } from "../api/path";
import { linkUrl, nonEmptyText } from "../core/checks";
import { controlArgs } from "../core/controls";
import type { Definition } from "../core/definition";
import { argsOf } from "../core/schema";
import { advancedConfigurationArgs } from "./application/advanced-configuration";
import { associatedRolesArgs } from "./application/associated-roles";
import { authenticationSequenceArgs } from "./application/authentication-sequence";
import { claimConfigurationArgs } from "./application/claim-configuration";
import { matchApplication, readableApplications } from "./application/directory";
import { hygiene } from "./application/hygiene";
import { tooLong } from "./application/limits";
import { warnOfLostRoles } from "./application/lost-roles";
import { nameFailures, nameFindings } from "./application/names";
import { oidcArgs } from "./application/oidc";
import { createApplication, deleteApplication, readApplication, updateApplication } from "./application/operations";
import { optionalScopes, scopesAtTimes } from "./application/optional-scopes";
import { warnOfRotation } from "./application/rotation-warning";
import { overlapFailures, secretArgs, withSecretRules } from "./application/secret-args";
import { endOfOverlap } from "./application/secrets";
import { copyFailures } from "./application/shared-copy";
import type { ApplicationArgs, ApplicationOutputs } from "./application.args";
import { endingFailures } from "./bootstrap";

export const application: Definition<ApplicationArgs, ApplicationOutputs> = {
  type: "Application",
  args: withSecretRules(
    argsOf<ApplicationArgs>()({
      name: nonEmptyText,
      description: z.string().optional(),
      imageUrl: linkUrl({ image: true }).optional(),
      accessUrl: linkUrl().optional(),
      templateId: z.string().optional(),
      enabled: z.boolean().optional(),
      associatedRoles: associatedRolesArgs.optional(),
      claimConfiguration: claimConfigurationArgs.optional(),
      authenticationSequence: authenticationSequenceArgs.optional(),
      advancedConfiguration: advancedConfigurationArgs.optional(),
      oidc: oidcArgs.optional(),
      ...secretArgs,
      ...controlArgs,
    }),
  ),
  outputs: [
    "clientId",
    "clientSecret",
    "previousSecretId",
    "previousSecretSince",
    "issuer",
    "authorizationEndpoint",
    "tokenEndpoint",
    "endSessionEndpoint",
    "jwksUri",
    "discoveryUrl",
  ],
  replaceOn: ["oidc.clientId", "oidc.clientSecret"],
  secrets: ["clientSecret"],
  secretArgs: ["oidc.clientSecret"],
  needs: {
    create: ["internal_application_mgt_create", "internal_application_mgt_view"],
    read: ["internal_application_mgt_view"],
    update: ["internal_application_mgt_update", "internal_application_mgt_view"],
    delete: ["internal_application_mgt_delete"],
    optionalView: ["internal_application_mgt_client_secret_view"],
    atTimes: [
      "internal_application_script_update",
      "internal_application_mgt_client_secret_create",
      "internal_application_mgt_client_secret_delete",
    ],
  },
  keys: ["name"],
  path: (id) => path`/api/server/v1/applications/${id}`,
  probe: readableApplications,
  match: (api, args, _, afresh) => matchApplication(api, args, afresh),
  mayNeed: scopesAtTimes,
  async verify(api, args, old) {
    await requireWhereKnown(api, optionalScopes(args, old));
    return [
      ...nameFailures(api.base, args, old),
      ...overlapFailures(api, args),
      ...(await endingFailures(api, args, old)),
      ...(await copyFailures(api, args)),
    ];
  },
  advise: (args, base) => [...hygiene(args), ...tooLong(args), ...nameFindings(base, args)],
  warn: async (api, old, args) => [
    ...(await warnOfRotation(api, old, args)),
    ...(await warnOfLostRoles(api, old, args)),
  ],
  due: endOfOverlap,
  create: createApplication,
  read: readApplication,
  update: updateApplication,
  delete: deleteApplication,
};
