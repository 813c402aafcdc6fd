import type { Meaning } from "../errors";

/** What an API says about an error, in whatever form it says it. */
export interface ServerError {
  /** The API's own code, such as `APP-60007`, or SCIM's keyword, such as `invalidValue`. Some errors have none. */
  readonly code?: string;
  readonly description: string;
  readonly trace?: string;
  /** Whether the gateway in front of the APIs has said it. It has no codes. */
  readonly byGateway: boolean;
}

/** How an API writes its errors: in the members of the management APIs, or in those of SCIM (RFC 7644 3.12). */
export type ErrorForm = "management" | "scim";

/** One kind of refusal: what the server says, and what that means. The same code with another status is another refusal. */
export interface Refusal {
  readonly status: number;
  /** Absent where the API says no code. */
  readonly code?: string;
  readonly meaning: Meaning;
  /**
   * Which object is gone, or which part of one, as a path below that of the family: `{id}/scopes/{scope}`. Only a request
   * to that path, or below it, is proved by it. Not given where something is absent that the request refers to.
   */
  readonly gone?: string;
  /** Whether it means that the token lacks a scope. */
  readonly lacksScope?: true;
}

/** APIs that belong together: they have the same objects, and mean the same by the same code. */
export interface Family {
  /** What the paths of its objects begin with. */
  readonly prefix: string;
  /** The media type of bodies, in both directions. */
  readonly mediaType: string;
  readonly errors: ErrorForm;
  /** What it means by its codes, as far as the status does not say it. */
  readonly refusals: readonly Refusal[];
  /** The members of its bodies, in both directions, that hold a secret. */
  readonly secrets?: readonly string[];
}

/** What a status means where the API says nothing more exact by its code. A 404 alone proves nothing. */
const byStatus: Readonly<Record<number, Meaning>> = {
  400: "invalid",
  403: "forbidden",
  409: "taken",
  501: "invalid",
};

/** What a refusal means; undefined where it is none of these, such as a failure of the server. */
export function refusalOf(family: Family, status: number, error: ServerError): Omit<Refusal, "status"> | undefined {
  const isMeant = (refusal: Refusal) => refusal.status === status && refusal.code === error.code;
  const known = error.byGateway ? undefined : family.refusals.find(isMeant);
  if (known) return known;
  const meaning = byStatus[status];
  if (meaning === undefined) return undefined;
  return { meaning, ...(error.byGateway && status === 403 && { lacksScope: true }) };
}

/** The path of the object that a request to `path` has found to be gone; undefined where none is. */
export function goneAt({ prefix }: Family, path: string, gone: string | undefined): string | undefined {
  const start = path.indexOf(prefix);
  if (gone === undefined || start < 0) return undefined;
  const object = gone === "" ? [] : gone.split("/");
  const parts = path
    .slice(start + prefix.length)
    .split("/")
    .slice(1);
  const fits = object.every((part, i) => parts[i] === part || (part.startsWith("{") && Boolean(parts[i])));
  if (!fits) return undefined;
  return [path.slice(0, start + prefix.length), ...parts.slice(0, object.length)].join("/");
}
