/** What an error says of itself. Errors of Node are not of this realm where a test runner has made one of its own. */
export function reasonOf(error: unknown): string {
  return memberOf(error, "message") ?? String(error);
}

/** The code that Node gives to an error of the operating system, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return memberOf(error, "code");
}

function memberOf(error: unknown, key: string): string | undefined {
  const member: unknown = typeof error === "object" && error !== null ? Reflect.get(error, key) : undefined;
  return typeof member === "string" ? member : undefined;
}
