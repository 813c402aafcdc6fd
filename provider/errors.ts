import { visible } from "./visible";

/**
 * The root of every error that this package raises on purpose. Each message is a sentence about what to do. Whatever a
 * server, an id or a name has put into it is seen as it is, and steers no terminal.
 */
export class AsgardeoError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(visible(message), options);
  }

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

/**
 * Why there was no answer: `unsent` means that the server cannot have seen the request, `refused` that a proxy does not
 * let it through.
 */
export type ConnectionFailure = "unsent" | "unanswered" | "tls" | "refused";

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

/**
 * What a refusal means, whatever the API's own code for it is: what is asked for is not there; a name or identifier is
 * another's; the client may not do it; what was sent is wrong.
 */
export type Meaning = "absent" | "taken" | "forbidden" | "invalid";

/** The server answered with an error. */
export class ApiError extends AsgardeoError {
  /** What it means; absent where it is none of these, or where something else than the server's APIs has answered. */
  readonly meaning: Meaning | undefined;
  /** The path of the object, or the part of one, that the server has proved to be gone. */
  readonly gone: string | undefined;

  constructor(
    readonly status: number,
    /** The server's own code, such as `APP-60007`; absent where the answer has none. */
    readonly code: string | undefined,
    /** The server's description. */
    readonly description: string,
    message: string,
    refusal: { readonly meaning?: Meaning; readonly gone?: string } = {},
  ) {
    super(message);
    this.meaning = refusal.meaning;
    this.gone = refusal.gone;
  }
}

/** The exchange succeeded, but the answer has not the promised shape. */
export class ResponseError extends AsgardeoError {}

/**
 * The object exists in the tenant, but is not complete. Pulumi records its id from this error (the names of the members
 * are Pulumi's), so that the next `up` finishes it and `destroy` removes it.
 */
export class PartialCreateError extends AsgardeoError {
  /** What went wrong, a text for each thing: together they are the message. */
  reasons: readonly string[];

  constructor(
    readonly id: string,
    /** What is known of the object: goes into Pulumi's state. */
    public properties: Record<string, unknown>,
    reasons: readonly string[],
    options?: ErrorOptions,
  ) {
    super(reasons.join("\n"), options);
    this.reasons = reasons.map(visible);
  }
}

/** What a caught value says, for a message of one's own. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether the server proved that what was asked for does not exist: not any 404, which may be a proxy's. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.meaning === "absent";
}

/**
 * Whether the server proved that the object with this path is gone, and not just a part of it, or something that it
 * refers to. What is below an object goes with it. Without a path: whether any object is.
 */
export function isGone(error: unknown, object?: string): error is ApiError {
  if (!(error instanceof ApiError) || error.gone === undefined) return false;
  return object === undefined || `${object}/`.startsWith(`${error.gone}/`);
}

/** Whether the server refused because the name, identifier or client id is taken. */
export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.meaning === "taken";
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
