import type { ReturnAddress } from "./redirects";

/** The end of a sign-in that the client cannot be told: a page says it to the user. */
export class Ended extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The end of a sign-in with an error for the client. */
export class Returned extends Error {
  constructor(
    readonly address: ReturnAddress,
    readonly code: string,
    readonly description?: string,
  ) {
    super(description ?? code);
  }
}
