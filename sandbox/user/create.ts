import { randomUUID } from "node:crypto";
import { type ScimBody, textOf } from "../scim/body";
import { badRequest, missingAttribute, scimError } from "../scim/refusal";
import { isSameName, shortened, storedName, userStoresOf } from "../scim/user-stores";
import type { Store } from "../store";
import { asksForInvitation, attributesOf } from "./attributes";
import type { User } from "./collection";
import { passwordHashOf, refuseWeakPassword } from "./password";

/** The user that a body asks for, or the refusal that the server would answer. */
export function createdUser({ tenant }: Store, body: ScimBody, now: string): User {
  const userName = textOf(body, "userName");
  if (!userName?.trim()) throw missingAttribute("userName");
  const attributes = attributesOf(tenant.server, body);
  const password = textOf(body, "password");
  const named = storedName(userName);
  if (!userStoresOf(tenant.server).includes(named.store)) {
    throw scimError(500, `Cannot add user through scim to user store ${named.store}. SCIM is not enabled for it.`);
  }
  if (named.name.trim() === "") throw badRequest("invalidValue", `The user name: ${userName} is not valid.`);
  if (tenant.users.some((user) => isSameName(user, named))) {
    throw scimError(409, `User with the name: ${shortened(named)} already exists in the system.`);
  }
  refuseWithoutCredential(body, password, attributes.emails, asksForInvitation(tenant.server, body));
  const passwordHash = password === undefined ? undefined : passwordHashOf(password);
  return {
    id: randomUUID(),
    ...named,
    ...(passwordHash && { passwordHash }),
    attributes,
    created: now,
    lastModified: now,
  };
}

function refuseWithoutCredential(
  body: ScimBody,
  password: string | undefined,
  emails: unknown,
  invited: boolean,
): void {
  if (password !== undefined) refuseWeakPassword(password);
  else if (!invited) {
    throw badRequest(
      "invalidValue",
      "Credential is not valid. Credential must be a non null string with following format.",
    );
  }
  if (invited && !(Array.isArray(emails) && emails.length > 0)) {
    throw badRequest("invalidValue", `Email address is required to invite the user: ${textOf(body, "userName")}.`);
  }
}
