import type { Api } from "../../api/api";
import { path } from "../../api/path";
import type { Run } from "../../core/run";
import type { Plain } from "../../core/schema";
import { ApiError, AsgardeoError, hasCode } from "../../errors";
import type { OrganizationArgs } from "../organization.args";
import { text } from "../wire";
import { type OrganizationWire, organizations, organizationWire } from "./wire";

type Args = Plain<OrganizationArgs>;

const below = path`/o/api/server/v1/organizations`;

/** How long a new organization may take until the bootstrap client is shared with it. */
const sharingTime = 60_000;

/**
 * Makes an organization. Below another one than that of the token the server refuses it, so there it takes a token that is
 * switched to the organization above it.
 */
export async function postedOrganization(api: Api, args: Args, run: Run): Promise<OrganizationWire> {
  const body = toCreate(args);
  const { parentId } = args;
  const isOurs = parentId !== undefined && run.program.find("Organization", undefined, parentId) !== undefined;
  if (!isOurs) {
    try {
      return await api.postAndRead(organizations, body, organizationWire);
    } catch (error) {
      if (!hasCode(error, "ORG-60021") || parentId === undefined) throw error;
    }
  }
  return postedBelow(api, parentId, body, run);
}

function toCreate({ name, orgHandle, description, parentId, attributes }: Args): object {
  const pairs = Object.entries(attributes ?? {}).map(([key, value]) => ({ key, value }));
  return {
    name,
    ...(orgHandle !== undefined && { orgHandle }),
    ...(text(description) !== undefined && { description }),
    ...(parentId !== undefined && { parentId }),
    ...(pairs.length > 0 && { attributes: pairs }),
  };
}

async function postedBelow(api: Api, parentId: string, body: object, run: Run): Promise<OrganizationWire> {
  const inside = api.needing("internal_org_organization_create").inOrganization(parentId);
  const post = () => inside.postAndRead(below, body, organizationWire);
  // What is shared with all organizations reaches a new one behind the answer that made it.
  const isNew = run.program.isMade("Organization", parentId);
  let last: ApiError | undefined;
  try {
    if (!isNew) return await post();
    return await api.eventually({
      what: `the bootstrap client is shared with the organization ${parentId}, which is made in this run`,
      atMost: sharingTime,
      look: () =>
        post().catch((error: unknown) => {
          if (!isUnshared(error)) throw error;
          last = error;
          return undefined;
        }),
    });
  } catch (error) {
    const cause = last ?? error;
    if (!isUnshared(cause)) throw error;
    throw new AsgardeoError(
      `parentId: an organization below another one is made with a token of that one, and the application of the bootstrap client is not shared with the organization ${parentId}. Share it with all organizations, existing and future: in the console, Applications > the application > Shared Access, or with an ApplicationShare. (${cause.message})`,
      { cause },
    );
  }
}

function isUnshared(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === "invalid_grant" && /have not shared/.test(error.description);
}
