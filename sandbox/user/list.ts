import type { Services } from "../gate";
import { scimPredicate } from "../scim/filter";
import { scimList } from "../scim/list";
import type { ScimQuery } from "../scim/query";
import { badRequest } from "../scim/refusal";
import { qualified, refuseUnknownDomain } from "../scim/user-stores";
import { isObject } from "../versions";
import type { User } from "./collection";
import { userAnswer, wholeUser } from "./render";
import { attributeNamed, coreSchema, extensionsOf, readOnly } from "./schemas";

const LARGEST_PAGE = 100;

/** The answer of a list of users, oldest first. */
export function userList(services: Services, query: ScimQuery): object {
  const { tenant } = services.store;
  refuseUnknownDomain(tenant.server, query.domain);
  const matches = scimPredicate<User>(query.filter, {
    operators: ["eq", "co", "sw", "ew", "ge", "le", "gt", "lt"],
    joined: true,
    tooComplex: () => badRequest("invalidFilter"),
    values: (user, attribute) => valuesOf(services, user, attribute),
    refuseAttribute: (attribute) => {
      const [top = ""] = pathOf(services, attribute.toLowerCase());
      if (top !== "username" && !readOnly.has(top) && !attributeNamed(tenant.server, top))
        throw badRequest("invalidFilter");
    },
  });
  const domain = query.domain?.toUpperCase();
  const found = tenant.users.filter((user) => (!domain || user.store === domain) && matches(user));
  const limits = { count: LARGEST_PAGE, most: LARGEST_PAGE, noneAtZero: true };
  return scimList(found, query, (user) => userAnswer(services, user, query.shown), limits);
}

/** An attribute as the names on the way to it, in small letters: the first may be a schema. */
function pathOf({ store }: Services, attribute: string): string[] {
  const extension = extensionsOf(store.tenant.server).find((schema) => attribute.startsWith(schema.toLowerCase()));
  if (extension) return [extension.toLowerCase(), ...attribute.slice(extension.length + 1).split(".")];
  const core = `${coreSchema.toLowerCase()}:`;
  return (attribute.startsWith(core) ? attribute.slice(core.length) : attribute).split(".");
}

function valuesOf(services: Services, user: User, attribute: string): string[] {
  const path = pathOf(services, attribute);
  if (path[0] === "username") return [user.name, qualified(user)];
  // What is named without a part of it: an e-mail address is its value, a group its name or id.
  const [values, named] = [textsAt(wholeUser(services, user), path), ["groups", "roles"].includes(path[0] ?? "")];
  if (!named || path.length > 1) return values;
  return [...textsAt(wholeUser(services, user), [...path, "display"]), ...values];
}

function textsAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsAt(item, path));
  const [name, ...rest] = path;
  if (isObject(value)) {
    const wanted = name ?? "value";
    const key = Object.keys(value).find((each) => each.toLowerCase() === wanted);
    return key === undefined ? [] : textsAt(value[key], rest);
  }
  return value === undefined || (name !== undefined && name !== "value") ? [] : [String(value)];
}
