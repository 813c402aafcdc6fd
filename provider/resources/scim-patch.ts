/** One step of a change: `path` may be left out where `value` is an object that has the attributes. */
export interface Operation {
  readonly op: "add" | "remove" | "replace";
  readonly path?: string;
  readonly value?: unknown;
}

/** The body of a PATCH (RFC 7644 section 3.5.2). */
export function patchBody(operations: readonly Operation[]) {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
}

/** Members of a group that a PATCH adds or sets: the server wants their names as well, and takes an empty one for "whichever". */
export function patchMembers(ids: readonly string[]) {
  return ids.map((value) => ({ value, display: "" }));
}
