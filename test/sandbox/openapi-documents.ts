import { type Document, OpenAPIBackend } from "openapi-backend";
import type { Server } from "../../sandbox";
import { sharedJson } from "./support";

// It is an ES module, which Jest cannot load here. The documents are parsed already, and refer to nothing outside.
jest.mock("@apidevtools/json-schema-ref-parser", () => {
  const same = async (document: unknown) => document;
  return { parse: same, resolve: same, dereference: same };
});

type Json = Record<string, unknown>;

function objectAt(value: unknown, ...path: readonly string[]): Json {
  const found = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
  if (!isObject(found)) throw new Error(`The document has no ${path.join(".")}`);
  return found;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function rename(object: Json, from: string, to: string): void {
  if (!(from in object)) return;
  object[to] = object[from];
  delete object[from];
}

type DocumentName = "applications" | "api-resources" | "organizations" | "async-operation-status";

/** Puts right what is known to be wrong in the documents. */
const corrections: Record<DocumentName, (document: Json) => void> = {
  applications: (document) => {
    const schemas = objectAt(document, "components", "schemas");
    rename(
      objectAt(document, "paths", "/applications/{applicationId}/authorized-apis", "post", "responses"),
      "201",
      "200",
    );
    // A refusal that the document forgets.
    const post = objectAt(document, "paths", "/applications/{applicationId}/authorized-apis", "post", "responses");
    post["409"] = post["400"];
    // Members that are null on the wire.
    for (const [schema, property] of [
      ["InboundProtocolListItem", "name"],
      ["AuthorizedAPIResponse", "authorizedAuthorizationDetailsTypes"],
      ["OIDCMetaData", "allowedIssuers"],
    ] as const) {
      const properties = objectAt(schemas, schema, "properties");
      if (isObject(properties[property])) properties[property] = nullable(properties[property]);
    }
    // What is left out where the request asks for that.
    const { BasicOrganizationResponse: shared } = schemas;
    if (isObject(shared) && Array.isArray(shared.required)) {
      shared.required = shared.required.filter((name) => name !== "roles");
    }
    // Not in the way of routing: a slash at the end.
    const paths = objectAt(document, "paths");
    for (const path of Object.keys(paths)) if (path.endsWith("/")) rename(paths, path, path.slice(0, -1));
  },
  "api-resources": (document) => {
    const schemas = objectAt(document, "components", "schemas");
    const list = objectAt(schemas, "APIResourceListResponse");
    rename(objectAt(list, "properties"), "APIResources", "apiResources");
    list.required = [];
    const answer = objectAt(schemas, "APIResourceResponse");
    answer.required = ["id", "name", "identifier"];
    const paths = objectAt(document, "paths");
    rename(objectAt(paths, "/api-resources", "post", "responses"), "200", "201");
    for (const [path, item] of Object.entries(paths)) {
      if (!path.startsWith("/api-resources/{apiResourceId}/scopes/")) continue;
      objectAt(item, "delete", "responses")["204"] = { description: "No Content" };
      if (path.includes("/id/")) rename(objectAt(item, "patch", "responses"), "204", "200");
    }
    objectAt(paths, "/api-resources", "get", "responses")["400"] = { description: "Bad Request" };
    objectAt(paths, "/api-resources/{apiResourceId}", "get", "responses")["404"] = { description: "Not Found" };
  },
  organizations: (document) => {
    // It has the name of its member wrong.
    objectAt(document, "components", "schemas", "DiscoveryAttribute").required = ["type", "values"];
  },
  "async-operation-status": () => undefined,
};

/** The documents that a server has: those of organizations are there for the newest alone. */
function namesOf(server: Server): DocumentName[] {
  const everywhere: DocumentName[] = ["applications", "api-resources"];
  return server === "asgardeo" ? [...everywhere, "organizations", "async-operation-status"] : everywhere;
}

/** The library knows operations by their ids, which one of the documents does not have. */
function giveIds(document: Json): void {
  for (const [path, item] of Object.entries(objectAt(document, "paths"))) {
    for (const [method, operation] of Object.entries(objectAt(item))) {
      if (isObject(operation)) operation.operationId ??= `${method} ${path}`;
    }
  }
}

/** A reference has no siblings, so that what may be null too is a choice of two. */
function nullable(schema: Json): Json {
  return "$ref" in schema ? { anyOf: [schema, { enum: [null] }] } : { ...schema, nullable: true };
}

/** Lets no object have members that its schema does not name: a server answers what its own model has, and no more. */
function close(schema: unknown): void {
  if (!isObject(schema) || "allOf" in schema) return;
  if (isObject(schema.properties)) {
    schema.additionalProperties ??= false;
    for (const property of Object.values(schema.properties)) close(property);
  }
  close(schema.items);
}

/** The documents of a server, put right and closed; undefined where they are not at hand. */
export async function documentsOf(server: Server): Promise<readonly OpenAPIBackend[] | undefined> {
  const read = sharedJson("openapi");
  if (!read) return undefined;
  const suffix = server === "asgardeo" ? "" : `.is-${server}.0`;
  return Promise.all(
    namesOf(server).map(async (name) => {
      const document = read(`${name}${suffix}.json`);
      if (!isObject(document)) throw new Error(`${name} is no document`);
      corrections[name](document);
      giveIds(document);
      for (const schema of Object.values(objectAt(document, "components", "schemas"))) close(schema);
      const backend = new OpenAPIBackend({
        definition: document as unknown as Document,
        quick: true,
        // References within an answer are relative.
        ajvOpts: { strict: false, formats: { uri: true } },
      });
      return backend.init();
    }),
  );
}

/** What is wrong with a request or its answer, by the documents; undefined if nothing is. */
export function faultOf(
  documents: readonly OpenAPIBackend[],
  request: { method: string; path: string; body?: unknown },
  answer: { status: number; body: unknown },
): unknown {
  const asked = {
    ...request,
    path: request.path.replace(/\/(\?|$)/, "$1"),
    headers: { "content-type": "application/json" },
  };
  for (const document of documents) {
    const operation = document.matchOperation(asked);
    if (!operation) continue;
    const { errors } = document.validateRequest(asked, operation);
    if (errors?.length) return { request: errors };
    const response: unknown = operation.responses?.[String(answer.status)];
    if (!isObject(response)) return { undeclared: answer.status };
    if (!isObject(response.content)) return undefined;
    const validation = document.validateResponse(answer.body, operation, answer.status);
    return validation.errors?.length ? { response: validation.errors } : undefined;
  }
  return { unknown: `${request.method} ${request.path}` };
}
