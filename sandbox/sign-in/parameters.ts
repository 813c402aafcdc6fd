import type { Context } from "hono";

/** What is kept, or what a page gets to see, must not have these. */
const secret = /secret|password|assertion|sessionDataKey/i;

/** The parameters of a request, in its query and in the form that is its body. */
export class Parameters {
  constructor(
    private readonly pairs: readonly (readonly [string, string])[],
    /** Whether the client has pushed them (RFC 9126), so that the browser does not bring them. */
    readonly isPushed = false,
  ) {}

  /** The first value with a name; undefined where there is none, or an empty one. */
  get(name: string): string | undefined {
    return this.pairs.find(([key]) => key === name)?.[1].trim() || undefined;
  }

  /** The value as it was sent, for what comes back or is compared: a password or a state may have blanks around it. */
  raw(name: string): string | undefined {
    return this.pairs.find(([key]) => key === name)?.[1];
  }

  get hasRepeated(): boolean {
    return new Set(this.pairs.map(([key]) => key)).size < this.pairs.length;
  }

  /** All but the secrets. */
  shown(): Record<string, string> {
    return Object.fromEntries(this.withoutSecrets());
  }

  /** What is kept of parameters that a client has pushed. */
  pushed(): Parameters {
    return new Parameters(this.withoutSecrets(), true);
  }

  private withoutSecrets() {
    return this.pairs.filter(([key]) => !secret.test(key));
  }
}

/** The parameters of a request. A POST has them in its form, and may have some in its query. */
export async function parametersOf({ req }: Context): Promise<Parameters> {
  const query = [...new URL(req.url).searchParams];
  const form = req.method === "POST" ? [...new URLSearchParams(await req.text())] : [];
  return new Parameters([...query, ...form]);
}
