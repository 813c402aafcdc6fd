import type { Api } from "../../api/api";
import { unsharedRefusal } from "../../api/switch-refusal";
import type { Run } from "../../core/run";
import type { Plain } from "../../core/schema";
import { AsgardeoError, hasCode } from "../../errors";
import type { OrganizationArgs } from "../organization.args";
import { text } from "../wire";
import { type OrganizationWire, organizations, organizationWire } from "./wire";

type Args = Plain<OrganizationArgs>;

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
  return postedBelow(api, parentId, body);
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

/** The client waits for what is shared with all organizations to reach a new one behind the answer that made it. */
async function postedBelow(api: Api, parentId: string, body: object): Promise<OrganizationWire> {
  try {
    return await api.inOrganization(parentId).postAndRead(organizations, body, organizationWire);
  } catch (error) {
    const refusal = unsharedRefusal(error);
    if (!refusal) throw error;
    throw new AsgardeoError(
      `parentId: an organization below another one is made with a token of that one, and the application of the bootstrap client is not shared with the organization ${parentId}. Share it with all organizations, existing and future: in the console, Applications > the application > Shared Access, or with an ApplicationShare. (${refusal.message})`,
      { cause: error },
    );
  }
}
