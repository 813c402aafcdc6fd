import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import { isUnknown } from "../../core/unknown";
import { ApiError, AsgardeoError } from "../../errors";

const isThere = (value: unknown) => value !== undefined && value !== null;

/**
 * Whether these args set the password of a user that is there: another one, or the same once more by another version. A
 * user who is just taken over keeps their own one. Values may be unknown.
 */
export function isPasswordSet(old: Properties, { password, passwordVersion }: Properties): boolean {
  if (!isThere(old.userName) || !isThere(password)) return false;
  const isAgain = isThere(passwordVersion) && (isUnknown(passwordVersion) || passwordVersion !== old.passwordVersion);
  return isAgain || isUnknown(password) || password !== old.password;
}

/** A new user has a password, or gets an invitation. */
export function wayInFailures({ password, askPassword }: Properties): Failure[] {
  if (isThere(password) || askPassword === true || isUnknown(askPassword)) return [];
  const reason =
    "password: a new user needs it, or an invitation to choose one; declare `password`, or `askPassword: true`";
  return [{ property: "password", reason }];
}

/** What a new password means for those who use the old one. */
export function passwordWarning(old: Properties, args: Properties): string[] {
  if (!isPasswordSet(old, args)) return [];
  return ["password: it is set anew, so the one that the user has now, whoever chose it, ends with this update"];
}

/** A refusal that is about the password, in whichever words, as one of the arg. */
export function passwordRefusal(error: unknown, args: Properties): unknown {
  if (!(error instanceof ApiError) || error.status !== 400 || !isThere(args.password)) return error;
  // 20035 is the server's number for a password against its rules.
  if (!/password|credential|\b20035\b/i.test(`${error.code} ${error.message}`)) return error;
  return new AsgardeoError(`password: the server refuses it; choose another. (${error.message})`, { cause: error });
}
