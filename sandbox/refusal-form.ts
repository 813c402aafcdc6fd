import { randomUUID } from "node:crypto";
import { apiPath } from "./below-tenant";

/** What a refusal says, whatever its form. */
export interface Said {
  readonly status: number;
  readonly code: string | undefined;
  readonly title: string;
  readonly description: string;
}

/** How a refusal looks: the layers of the server each have their own. */
export interface RefusalForm {
  readonly mediaType: string;
  readonly body: (said: Said) => object;
}

export const management: RefusalForm = {
  mediaType: "application/json",
  body: ({ code, title, description }) => ({ code, message: title, description, traceId: randomUUID() }),
};

/** The API of API resources makes its errors without a trace id. */
export const managementWithoutTrace: RefusalForm = {
  mediaType: "application/json",
  body: ({ code, title, description }) => ({ code, message: title, description }),
};

const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];

/** The code is the `scimType`. Only some refusals have one. */
export const scim: RefusalForm = {
  mediaType: "application/scim+json",
  body: ({ status, code, description }) => ({ schemas, scimType: code, detail: description, status: String(status) }),
};

/** The gateway comes before the APIs. Its code, or the status in its form for SCIM, is a number. */
const gateway: RefusalForm = {
  mediaType: "application/json;charset=UTF-8",
  body: ({ status, title, description }) => ({ code: status, message: title, description, traceId: randomUUID() }),
};
const scimGateway: RefusalForm = {
  mediaType: "application/json;charset=UTF-8",
  body: ({ status, description }) => ({ status, detail: description, schemas }),
};

/** The forms of a path: of refusals that have none of their own, and of the gateway in front of it. */
export function formsOf(path: string): { readonly api: RefusalForm; readonly gateway: RefusalForm } {
  if (!apiPath(path).startsWith("/scim2/")) return { api: management, gateway };
  // A code that belongs to another form is no `scimType`.
  const api = { ...scim, body: (said: Said) => scim.body({ ...said, code: undefined }) };
  return { api, gateway: scimGateway };
}
