import type { TypeName } from "../support/managed";
import { apiAuthorization } from "./api-authorization";
import { apiResource } from "./api-resource";
import { application } from "./application";
import { applicationShare } from "./application-share";
import { group } from "./group";
import { organization } from "./organization";
import { role } from "./role";
import type { Subject } from "./subject";
import { user } from "./user";

/** All types, each after those that it refers to. One that is missing here does not compile. */
export const subjects = {
  Application: application,
  ApiResource: apiResource,
  ApiAuthorization: apiAuthorization,
  Group: group,
  User: user,
  Role: role,
  Organization: organization,
  ApplicationShare: applicationShare,
} satisfies Readonly<Record<TypeName, Subject>>;

export const allSubjects: readonly Subject[] = Object.values(subjects);
