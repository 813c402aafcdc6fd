import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { formsOf, managementWithoutTrace, type RefusalForm } from "./refusal-form";

/** An answer of the API that is not a success: thrown by a rule, rendered by the server. */
export class Refusal extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    readonly code: string | undefined,
    readonly title: string,
    readonly description: string,
    /** Default: that of the API whose path was asked. */
    readonly form?: RefusalForm,
  ) {
    super(`${status} ${code ?? ""} ${description}`);
    this.name = "Refusal";
  }
}

/** The statuses that the server gives to codes which it would otherwise answer with 400. */
const statusOf: Record<string, ContentfulStatusCode> = {
  "APP-60006": 404,
  "APP-60501": 404,
  "APP-60502": 404,
  "OAUTH-60002": 404,
  "APP-60007": 409,
  "APP-60009": 409,
  "APP-60509": 409,
  "OAUTH-60006": 409,
  "OAUTH-60008": 409,
  "OAUTH-60010": 404,
  "OAUTH-60011": 409,
  "SAML-60002": 409,
  "APP-60008": 403,
  "APP-60503": 403,
  "APP-60520": 403,
  "APP-65001": 500,
  "APP-65006": 500,
  "APP-65002": 501,
  "APP-65501": 501,
};

/** A refusal of the application management API. */
export function applicationError(code: string, description: string, title = "Invalid request."): Refusal {
  return new Refusal(statusOf[code] ?? 400, code, title, description);
}

/** What the application management API answers to a token that lacks a second scope. */
export function forbiddenApplicationChange(): Refusal {
  return applicationError("APP-60520", "User is not allowed to perform the operation.", "Operation is forbidden.");
}

/** What the application management API answers where the database refuses a change. */
export function applicationDatabaseError(): Refusal {
  return applicationError(
    "APP-65001",
    "An error occurred while storing the application.",
    "Server encountered an error.",
  );
}

export function applicationNotFound(id: string): Refusal {
  return applicationError(
    "APP-60006",
    `Application cannot be found for the provided id: ${id}.`,
    "Application not found.",
  );
}

/** A refusal of the API resource API. The same code has several meanings there, so the status is always given. */
export function apiResourceError(
  status: ContentfulStatusCode,
  number: number,
  title: string,
  description: string,
): Refusal {
  return new Refusal(status, `API-RESOURCE-${number}`, title, description, managementWithoutTrace);
}

/** The errors of the API resource API when the database refuses a change, by the change. */
const databaseErrors = {
  adding: [65003, "Error while adding API resource.", "Error while adding API resource to the database."],
  updating: [65005, "Error while updating API resource.", "Error while updating API resource in the database."],
  "updating scopes": [65007, "Error while updating scopes.", "Error while updating scopes in the database."],
} as const;

export function apiResourceDatabaseError(change: keyof typeof databaseErrors): Refusal {
  const [number, title, description] = databaseErrors[change];
  return apiResourceError(500, number, title, description);
}

/** What the server answers where its own code falls over. */
export function crash(): Refusal {
  return new Refusal(
    500,
    "SE-50000",
    "Unexpected Processing Error.",
    "Server encountered an error while serving the request.",
  );
}

export function malformedBody(): Refusal {
  return new Refusal(
    400,
    "UE-10000",
    "Invalid Request.",
    "Provided request body content is not in the expected format.",
  );
}

/** Renders a refusal, in its own form or in that of the path. */
export function answerRefusal(context: Context, refusal: Refusal): Response {
  const { body, mediaType } = refusal.form ?? formsOf(context.req.path).api;
  return context.body(JSON.stringify(body(refusal)), refusal.status, { "Content-Type": mediaType });
}

/** Renders a refusal of the gateway. */
export function answerGatewayRefusal(context: Context, status: 401 | 403): Response {
  const [title, description] =
    status === 401
      ? ["Unauthorized", "Authorization failure. Authorization information was invalid or missing from your request."]
      : ["Forbidden", "Operation is not permitted. You do not have permissions to make this request."];
  const { body, mediaType } = formsOf(context.req.path).gateway;
  const challenge = status === 401 ? { "WWW-Authenticate": "Bearer realm=127.0.0.1" } : undefined;
  const answer = JSON.stringify(body({ status, code: undefined, title, description }));
  return context.body(answer, status, { "Content-Type": mediaType, ...challenge });
}
