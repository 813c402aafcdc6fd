import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Refusal } from "../refusal";
import { scim } from "../refusal-form";

export type ScimType = "invalidFilter" | "invalidPath" | "invalidSyntax" | "invalidValue" | "mutability" | "noTarget";

/** What the server says of a request where it has no sentence for what is wrong. */
const unparsable = "Request is unparsable, syntactically incorrect, or violates schema.";

/** A refusal of a SCIM API without a type, as all have but those with the status 400. */
export function scimError(status: ContentfulStatusCode, detail: string): Refusal {
  return new Refusal(status, undefined, "", detail, scim);
}

/** A 400 with its type. */
export function badRequest(type: ScimType, detail = unparsable): Refusal {
  return new Refusal(400, type, "", detail, scim);
}

/** A 400 whose sentence stands where the type belongs: the server mixes the two up in many places. */
export function misplaced(sentence: string): Refusal {
  return new Refusal(400, sentence, "", unparsable, scim);
}

export function missingAttribute(name: string): Refusal {
  return badRequest("invalidValue", `Required attribute ${name} is missing in the SCIM Object.`);
}

export function scimNotFound(detail = "Specified resource (e.g., User) or endpoint does not exist."): Refusal {
  return scimError(404, detail);
}

/** What a SCIM API answers to a token that lacks a second scope. */
export function forbiddenScimChange(): Refusal {
  return scimError(403, "Operation is not permitted. You do not have permissions to make this request.");
}
