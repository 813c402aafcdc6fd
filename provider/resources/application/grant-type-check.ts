import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { type GrantType, grantTypes } from "./grant-types";

/** So near to a known name, another one is taken for a slip of the pen, even where it is a URI. */
const slip = 2;

function isGrantType(value: unknown): value is GrantType {
  if (typeof value !== "string") return false;
  if (grantTypes.some((known) => known === value)) return true;
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(value) && distance(value, closest(value, grantTypes)) > slip;
}

function problem(value: unknown): string {
  if (typeof value !== "string") return "must be a text, the name of a grant type";
  const near = grantTypes.find((known) => known.endsWith(`:${value}`)) ?? closest(value, grantTypes);
  return `no such grant type; did you mean \`${near}\`? An extension grant is an absolute URI (RFC 6749 section 4.5)`;
}

/** Of args: a known grant type, or an absolute URI. One that is wrong does not silence the rules over several members. */
export const grantType = z.custom<GrantType>(isGrantType, { abort: false, error: (issue) => problem(issue.input) });
