/** The root of every error that this package raises on purpose. Each message is a sentence about what to do. */
export class AsgardeoError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** A setting is missing or wrong. The message names the setting and the ways to give it. */
export class SettingsError extends AsgardeoError {}

/** The bootstrap client lacks a scope. The message says which, of which API resource, and where to authorize it. */
export class MissingScopeError extends AsgardeoError {
  constructor(
    readonly scopes: readonly string[],
    message: string,
  ) {
    super(message);
  }
}

/** The setting that most wrong answers come down to, for messages. */
export const baseUrlSetting = "the setting baseUrl (asgardeo:baseUrl or ASGARDEO_BASE_URL)";

/** Why there was no answer: `unsent` means that the server cannot have seen the request. */
export type ConnectionFailure = "unsent" | "unanswered" | "tls";

/** No answer came: refused, timed out, cut off, or a certificate that is not trusted. */
export class ConnectionError extends AsgardeoError {
  constructor(
    readonly failure: ConnectionFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The server answered with an error. */
export class ApiError extends AsgardeoError {
  constructor(
    readonly status: number,
    /** The server's own code, such as `APP-60007`; absent where the answer has none. */
    readonly code: string | undefined,
    /** The server's description. */
    readonly description: string,
    message: string,
  ) {
    super(message);
  }
}

/** The exchange succeeded, but the answer has not the promised shape. */
export class ResponseError extends AsgardeoError {}

/**
 * The object exists in the tenant, but is not complete. Pulumi records its id from this error (the names of the members
 * are Pulumi's), so that the next `up` finishes it and `destroy` removes it.
 */
export class PartialCreateError extends AsgardeoError {
  constructor(
    readonly id: string,
    /** What is known of the object: goes into Pulumi's state. */
    public properties: Record<string, unknown>,
    readonly reasons: readonly string[],
    options?: ErrorOptions,
  ) {
    super(reasons.join("\n"), options);
  }
}

/** What a caught value says, for a message of one's own. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether the server proved that the object does not exist: its own not-found code, not any 404 of a proxy. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && notFoundCodes.has(error.code ?? "");
}

const notFoundCodes = new Set(["APP-60006", "APP-60501", "APP-60502", "API-RESOURCE-60002", "OAUTH-60002"]);

/** Whether the server refused a change since the object itself is not there, not just a part of it. */
export function isGone(error: unknown): error is ApiError {
  return ["APP-60006", "API-RESOURCE-60002", "APP-60510"].some((code) => hasCode(error, code));
}

/** Whether the server refused because the name, identifier or client id is taken. */
export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 409;
}

/** Whether the server answered with this code of its own. */
export function hasCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.code === code;
}

/** Whether it is unknown if the server carried the request out: no answer, or a server error. */
export function isAmbiguous(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.failure === "unanswered";
  return error instanceof ResponseError || (error instanceof ApiError && error.status >= 500 && error.status !== 501);
}
