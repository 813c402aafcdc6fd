import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { badRequest } from "../scim/refusal";

/** A state file has no passwords, only this. */
export function passwordHashOf(password: string): string {
  const salt = randomBytes(16).toString("base64url");
  return `${salt}.${hash(password, salt).toString("base64url")}`;
}

/** Whether a password is that of a hash. */
export function isPassword(password: string, passwordHash: string): boolean {
  const [salt = "", expected = ""] = passwordHash.split(".");
  const [wanted, given] = [Buffer.from(expected, "base64url"), hash(password, salt)];
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** Few rounds: a sandbox keeps nobody's real password, and a program makes many users. */
function hash(password: string, salt: string): Buffer {
  return scryptSync(password, salt, 32, { N: 1024 });
}

const rules: readonly (readonly [RegExp, string])[] = [
  [/^.{8,64}$/su, "20035 - Must be between 8 and 64 characters."],
  [/\d/, "20035 - Must contain at least one number."],
  [/\p{Lu}/u, "20035 - Must contain at least one upper-case letter."],
  [/\p{Ll}/u, "20035 - Must contain at least one lower-case letter."],
];

/** The rules that a new tenant has for passwords. */
export function refuseWeakPassword(password: string): void {
  const broken = rules.find(([pattern]) => !pattern.test(password));
  if (broken) throw badRequest("invalidValue", broken[1]);
}
