import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Api } from "../api/api";
import { idText } from "../api/ids";
import { path } from "../api/path";
import { nearMiss } from "../core/check";
import { AsgardeoError } from "../errors";
import { endpoints } from "../resources/application/outputs";
import { text } from "../resources/wire";
import { exactly } from "./filter";
import { applications, firstApplications } from "./lists";
import { asked, askedLater, type LookUp } from "./look-up";
import type { LookUpOptions, LookUpOutputOptions } from "./options";
import { type OneOf, oneKey, only } from "./question";
import { viewing } from "./viewing";

/** By what an application can be looked up. */
export interface ApplicationKeys {
  /** Its name, exactly as in the console. */
  name: string;
  /** Its OAuth 2.0 client id. */
  clientId: string;
  /** Its id, the UUID in the console's URL. */
  id: string;
}

/** Exactly one of the keys. */
export type GetApplicationArgs = OneOf<ApplicationKeys>;

/** Exactly one of the keys, as an Input. */
export type GetApplicationOutputArgs = OneOf<{ [K in keyof ApplicationKeys]: pulumi.Input<ApplicationKeys[K]> }>;

/** An application as it is in the tenant. It never holds the client secret: only the program that manages the application has it. */
export interface GetApplicationResult {
  /** The UUID that the server gave it. */
  readonly id: string;
  /** The name, unique in the tenant. */
  readonly name: string;
  /** What the application is for. */
  readonly description: string | undefined;
  /** The OAuth 2.0 client id (RFC 6749 section 2.2). Undefined where it is no OAuth 2.0 client. */
  readonly clientId: string | undefined;
  /** Which page the console shows for it. */
  readonly templateId: string | undefined;
  /** Whether anybody can log in and get tokens. WSO2 Identity Server 7.0 does not know such a switch: there, always true. */
  readonly enabled: boolean;
  /** Where users open the application. */
  readonly accessUrl: string | undefined;
  /** The URL of its logo. */
  readonly imageUrl: string | undefined;
  /** The issuer of the tenant's tokens (OpenID Connect Discovery 1.0 section 3), unless WSO2 Identity Server is set to another one. */
  readonly issuer: string;
  /** Where users are sent to log in (RFC 6749 section 3.1). */
  readonly authorizationEndpoint: string;
  /** Where the application gets tokens (RFC 6749 section 3.2). */
  readonly tokenEndpoint: string;
  /** Where users are sent to log out (OpenID Connect RP-Initiated Logout 1.0 section 2). */
  readonly endSessionEndpoint: string;
  /** The public keys of the tenant's tokens (RFC 7517 section 5). */
  readonly jwksUri: string;
  /** The document with all of these (OpenID Connect Discovery 1.0 section 4). */
  readonly discoveryUrl: string;
}

/**
 * Reads an application that is in the tenant already, whoever made it, without managing it. The answer of one run is
 * shared: the same question costs one request. It needs the scope `internal_application_mgt_view`.
 *
 * Fails where no application, or more than one, has exactly this name or client id, where not exactly one key is given,
 * and where a setting or the scope is missing.
 *
 * In a unit test with `pulumi.runtime.setMocks` nothing is sent: the question is a call of the mocks, with the token
 * `asgardeo:index:getApplication` and the args as they are given, and their answer is that of the look-up.
 *
 * API: https://wso2.com/asgardeo/docs/apis/application-rest-api/
 *
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const portal = asgardeo.getApplicationOutput({ name: "Customer Portal" });
 *
 * export const clientId = portal.clientId;
 */
export function getApplication(args: GetApplicationArgs, opts?: LookUpOptions): Promise<GetApplicationResult> {
  return asked(look, args, opts);
}

/** The same as {@link getApplication} for args that may be outputs: it waits for them, and answers an output. */
export function getApplicationOutput(
  args: GetApplicationOutputArgs,
  opts?: LookUpOutputOptions,
): pulumi.Output<GetApplicationResult> {
  return askedLater(look, args, opts);
}

const look: LookUp<GetApplicationArgs, GetApplicationResult> = {
  name: "getApplication",
  question: (args) => oneKey<ApplicationKeys>(args, ["name", "clientId", "id"]),
  read: async ({ api }, args) => {
    const viewer = viewing(api, "internal_application_mgt_view");
    return read(viewer, args.id ?? (await idOf(viewer, args)));
  },
};

const wire = z.looseObject({
  id: idText,
  name: z.string(),
  description: z.string().nullish(),
  clientId: z.string().nullish(),
  templateId: z.string().nullish(),
  applicationEnabled: z.boolean().nullish(),
  accessUrl: z.string().nullish(),
  imageUrl: z.string().nullish(),
});

async function read(api: Api, id: string): Promise<GetApplicationResult> {
  const live = await api.find(path`/api/server/v1/applications/${id}`, wire);
  if (!live) throw new AsgardeoError(`id: no application of this tenant has the id ${JSON.stringify(id)}`);
  return {
    id: live.id,
    name: live.name,
    description: text(live.description),
    clientId: text(live.clientId),
    templateId: text(live.templateId),
    enabled: live.applicationEnabled ?? true,
    accessUrl: text(live.accessUrl),
    imageUrl: text(live.imageUrl),
    ...endpoints(api.base),
  };
}

async function idOf(api: Api, args: GetApplicationArgs): Promise<string> {
  const [key, value] =
    args.name === undefined ? (["clientId", args.clientId ?? ""] as const) : (["name", args.name] as const);
  const filter = exactly(key, value);
  const listed = await applications(api, { filter, attributes: key === "clientId" ? key : undefined });
  const what = `${key}: ${JSON.stringify(value)}`;
  const found = only(
    listed.filter((each) => each[key] === value),
    what,
  );
  if (found) return found.id;
  throw new AsgardeoError(
    `${what} is the ${words[key]} of no application of this tenant${await hint(api, key, value, listed)}`,
  );
}

const words = { name: "name", clientId: "client id" };

/** What the filter let through differs by little; else the name may be near to one of the newest. Client ids are not typed. */
async function hint(api: Api, key: "name" | "clientId", value: string, listed: { name: string }[]): Promise<string> {
  if (key === "clientId") return "";
  const candidates = listed.length > 0 ? listed : await firstApplications(api);
  return nearMiss(
    value,
    candidates.map(({ name }) => name),
  );
}
