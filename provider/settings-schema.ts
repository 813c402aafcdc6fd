import { z } from "zod";

/** The server that counts unless told. */
export const asgardeo = "https://api.asgardeo.io";

const text = z.string("must be a text").trim().min(1, "is empty");

/** One sentence for all that is none: NaN, Infinity, a sign, a fraction, words. */
function count(most: number) {
  const message = `must be a whole number from 1 to ${most}`;
  const digits = z.string(message).trim().regex(/^\d+$/, message).transform(Number);
  return digits.pipe(z.number(message).min(1, message).max(most, message));
}

/** What each setting may be. */
export const schema = z.object({
  organization: text.regex(/^[\w-][\w.-]*$/, "must be an organization's name, such as `acme`, not a URL").optional(),
  childOrganization: text
    .regex(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      "must be an organization's id, such as `8763448d-a475-4d03-ac0c-cc1a3e6ad0f5`, not its name or its handle: the `id` of the resource Organization, or what the console shows as Organization ID under Organizations",
    )
    .toLowerCase()
    .optional(),
  baseUrl: text.transform(checkedBase).default(asgardeo),
  clientId: text,
  clientSecret: text,
  readOnly: z.stringbool("must be true or false").default(false),
  strict: z.stringbool("must be true or false").default(false),
  requestsPerMinute: count(1_000_000).default(180),
  caFile: text.optional(),
  timeoutSeconds: count(600).default(30),
});

function checkedBase(value: string, context: z.RefinementCtx): string {
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (!URL.canParse(value)) {
    return refuse("must be a URL such as https://api.asgardeo.io or https://is.example.com:9443");
  }
  const url = new URL(value);
  if (url.username || url.password || url.search || url.hash) {
    return refuse("must be a bare URL, without user, query or fragment");
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return refuse(
      "must begin with https: (http: only for 127.0.0.1 or localhost), since the client secret is sent there",
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/api\/server\/v1(\/.*)?$/, "").replace(/\/+$/, "");
}

/** Whether a URL's host is this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}

/** The organization that a base URL names. */
export function organizationIn(baseUrl: string): string | undefined {
  return /^\/t\/([^/]+)/.exec(new URL(baseUrl).pathname)?.[1];
}
