import { shortened } from "../scim/user-stores";
import type { Store } from "../store";
import type { User } from "../user/collection";
import { extensionsOf } from "../user/schemas";
import { isObject } from "../versions";

const dialect = "http://wso2.org/claims/";

/** Where users have a local claim that is not named after its attribute. A list is looked into by the type of its entries. */
const places: Readonly<Record<string, readonly string[]>> = {
  givenname: ["name", "givenName"],
  lastname: ["name", "familyName"],
  middleName: ["name", "middleName"],
  fullname: ["name", "formatted"],
  formattedName: ["name", "formatted"],
  honorificPrefix: ["name", "honorificPrefix"],
  honorificSuffix: ["name", "honorificSuffix"],
  local: ["locale"],
  url: ["profileUrl"],
  emailaddress: ["emails"],
  "emails.work": ["emails", "work"],
  "emails.home": ["emails", "home"],
  "emails.other": ["emails", "other"],
  mobile: ["phoneNumbers", "mobile"],
  telephone: ["phoneNumbers"],
  "phoneNumbers.work": ["phoneNumbers", "work"],
  "phoneNumbers.home": ["phoneNumbers", "home"],
  photourl: ["photos"],
  dob: ["dateOfBirth"],
};

/** The value of a local claim, such as `http://wso2.org/claims/emailaddress`; undefined where the user has none. */
export function claimValue({ tenant }: Store, user: User, uri: string): unknown {
  const name = uri.replace(dialect, "").replace(/^identity\//, "");
  switch (name) {
    case "userid":
      return user.id;
    case "username":
      return shortened(user);
    case "created":
      return user.created;
    case "modified":
      return user.lastModified;
    case "groups":
      return tenant.groups.filter(({ members }) => members.includes(user.id)).map(shortened);
  }
  const { attributes } = user;
  const path = places[name] ?? [name];
  const extensions = extensionsOf(tenant.server).map((schema) => attributes[schema]);
  return [attributes, ...extensions].map((object) => valueAt(object, path)).find((value) => value !== undefined);
}

function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return itemOf(value, name);
  if (name === undefined) return value;
  if (!isObject(value)) return undefined;
  const key = Object.keys(value).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : valueAt(value[key], rest);
}

/** The entry of a type. Without one it is the entry that stands in no other place, the primary one, or the first. */
function itemOf(items: readonly unknown[], type: string | undefined): unknown {
  const objects = items.filter(isObject);
  if (type !== undefined) return objects.find((item) => item.type === type)?.value;
  const bare = items.find((item) => !isObject(item));
  const chosen = objects.find(({ primary }) => primary === true) ?? objects[0];
  return bare ?? (chosen && "value" in chosen ? chosen.value : chosen);
}
