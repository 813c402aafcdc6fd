import type * as pulumi from "@pulumi/pulumi";
import type { Api } from "../api/api";
import { nearMiss } from "../core/check";
import { AsgardeoError } from "../errors";
import { organizationPages, organizationsWith } from "../resources/organization/directory";
import { organizationPath, organizationWire } from "../resources/organization/wire";
import { text } from "../resources/wire";
import { asked, askedLater, type LookUp } from "./look-up";
import type { LookUpOptions, LookUpOutputOptions } from "./options";
import { type OneOf, oneKey, only } from "./question";
import { viewing } from "./viewing";

/** By what an organization can be looked up. */
export interface OrganizationKeys {
  /** Its name, exactly as in the console. */
  name: string;
  /**
   * Its handle.
   * @since 7.1
   */
  orgHandle: string;
  /** Its id, the UUID in the console. */
  id: string;
}

/** Exactly one of the keys. */
export type GetOrganizationArgs = OneOf<OrganizationKeys>;

/** Exactly one of the keys, as an Input. */
export type GetOrganizationOutputArgs = OneOf<{ [K in keyof OrganizationKeys]: pulumi.Input<OrganizationKeys[K]> }>;

/** An organization as it is in the tenant. */
export interface GetOrganizationResult {
  /** The UUID that the server gave it. */
  readonly id: string;
  /** The name for people, unique in the tenant. */
  readonly name: string;
  /** The handle by which users find it when they sign in. WSO2 Identity Server 7.0 has none. */
  readonly orgHandle: string | undefined;
  /** What it is. */
  readonly description: string | undefined;
  /** `ACTIVE` or `DISABLED`. */
  readonly status: string;
  /** The id of the organization above it. The tenant's own has none. */
  readonly parentId: string | undefined;
  /** Words of your own on it, by their keys. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Reads an organization below the tenant's own, at any depth, without managing it: one that another program declares, or one
 * that was made in the console. (The tenant itself, and where its endpoints are, tells `getOrganizationInfo`.) The answer of
 * one run is shared: the same question costs two requests by name or handle, and one by id. It needs the scope
 * `internal_organization_view`.
 *
 * Fails where no organization has exactly this name, handle or id, where not exactly one key is given, and where a setting or
 * the scope is missing.
 *
 * In a unit test with `pulumi.runtime.setMocks` nothing is sent: the question is a call of the mocks, with the token
 * `asgardeo:index:getOrganization` and the args as they are given, and their answer is that of the look-up.
 *
 * API: https://wso2.com/asgardeo/docs/apis/organization-management/
 *
 * @example
 * import * as asgardeo from "pulumi-asgardeo";
 *
 * const customer = asgardeo.getOrganizationOutput({ name: "City Hospital" });
 *
 * export const customerId = customer.id;
 */
export function getOrganization(args: GetOrganizationArgs, opts?: LookUpOptions): Promise<GetOrganizationResult> {
  return asked(look, args, opts);
}

/** The same as {@link getOrganization} for args that may be outputs: it waits for them, and answers an output. */
export function getOrganizationOutput(
  args: GetOrganizationOutputArgs,
  opts?: LookUpOutputOptions,
): pulumi.Output<GetOrganizationResult> {
  return askedLater(look, args, opts);
}

const keys = ["name", "orgHandle", "id"] as const;

const look: LookUp<GetOrganizationArgs, GetOrganizationResult> = {
  name: "getOrganization",
  question: (args) => oneKey<OrganizationKeys>(args, keys),
  read: async ({ api }, args) => {
    const viewer = viewing(api, "internal_organization_view");
    if (args.id !== undefined) return read(viewer, args.id);
    const [attribute, value] =
      args.name === undefined ? (["orgHandle", args.orgHandle ?? ""] as const) : (["name", args.name] as const);
    return read(viewer, await idOf(viewer, attribute, value));
  },
};

async function read(api: Api, id: string): Promise<GetOrganizationResult> {
  const live = await api.find(organizationPath(id), organizationWire);
  if (!live) throw new AsgardeoError(`id: no organization of this tenant has the id ${JSON.stringify(id)}`);
  return {
    id: live.id,
    name: live.name,
    orgHandle: text(live.orgHandle),
    description: text(live.description),
    status: live.status ?? "ACTIVE",
    parentId: live.parent?.id,
    attributes: Object.fromEntries((live.attributes ?? []).map(({ key, value }) => [key, value])),
  };
}

async function idOf(api: Api, attribute: "name" | "orgHandle", value: string): Promise<string> {
  const what = `${attribute}: ${JSON.stringify(value)}`;
  const found = only(await organizationsWith(api, attribute, value), what);
  if (found) return found.id;
  const all = await organizationPages(api).all();
  const miss = nearMiss(
    value,
    all.flatMap((each) => text(each[attribute]) ?? []),
  );
  const word = attribute === "name" ? "name" : "handle";
  throw new AsgardeoError(`${what} is the ${word} of no organization below this tenant's own${miss}`);
}
