import { z } from "zod";
import { baseUrlSetting } from "../errors";
import type { HttpResponse } from "./exchange";
import type { ErrorForm, ServerError } from "./family";

const text = z.string().optional().catch(undefined);

/** The gateway's errors carry a number as code, the APIs' own a string; any member may be null or of another kind. */
const managementError = z.object({ code: text, message: text, description: text, traceId: text });

/** RFC 7644 3.12: the status is a text; the gateway has a number there. */
const scimError = z.object({
  schemas: z.array(z.string()).refine((all) => all.includes("urn:ietf:params:scim:api:messages:2.0:Error")),
  status: z.union([z.string(), z.number()]),
  scimType: text,
  detail: text,
});

/** What SCIM says in `detail` where its text has come into `scimType` instead. */
const noDetail = "Request is unparsable, syntactically incorrect, or violates schema.";

const forms: Readonly<Record<ErrorForm, (body: unknown) => ServerError | undefined>> = {
  management(body) {
    const error = managementError.safeParse(body).data;
    if (!error) return undefined;
    const { code, message, description, traceId } = error;
    return {
      ...(code && { code }),
      description: description || message || "no description",
      ...(traceId && { trace: traceId }),
      byGateway: !code,
    };
  },

  scim(body) {
    const error = scimError.safeParse(body).data;
    if (!error) return undefined;
    const { status, scimType = "", detail = "" } = error;
    // A keyword is one word. Many errors have their text there, and in `detail` what fits all of them.
    const isKeyword = /^\w+$/.test(scimType);
    const words = isKeyword ? [detail] : [scimType, detail === noDetail && scimType ? "" : detail];
    return {
      ...(isKeyword && { code: scimType }),
      description: words.filter(Boolean).join("; ") || "no description",
      byGateway: typeof status === "number",
    };
  },
};

/**
 * The server's own error, or undefined where something else answered: a proxy, or another server. The gateway may know
 * a path of SCIM for one or not, so both forms are understood there.
 */
export function errorOf({ text }: HttpResponse, form: ErrorForm): ServerError | undefined {
  const body = json(text);
  return forms[form](body) ?? forms.management(body);
}

/** The value of a JSON text; undefined where it is none, or none that any of the server's APIs can have given. */
export function json(text: string): unknown {
  const value = parsed(text);
  return isTooDeep(value) ? undefined : value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Far more than any answer needs, and far less than what a function that calls itself for each level can bear. */
const deepest = 100;

function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= deepest; depth++) {
    level = level.flatMap((inner) => (typeof inner === "object" && inner !== null ? Object.values(inner) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** Whether a page for people came instead of an answer: a login page, or a proxy's error, often with status 200. */
export function isPage({ headers, text }: HttpResponse): boolean {
  return text !== "" && (/^text\/html\b/i.test(headers["content-type"] ?? "") || /^\s*</.test(text));
}

/** Says what an answer is without repeating any of it: it may hold secrets. */
export function kindOf(response: HttpResponse): string {
  const { headers, text } = response;
  if (text === "") return "an empty answer";
  if (isPage(response)) return `an HTML page of ${text.length} characters`;
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(headers["content-type"] ?? "")?.[0] ?? "no content type";
  return `${text.length} characters of ${type}, ${flawOf(text)}`;
}

function flawOf(text: string): string {
  if (parsed(text) === undefined) return "not valid JSON";
  return json(text) === undefined ? `nested deeper than ${deepest} levels` : "not in its format";
}

/** For messages about an answer that the server's APIs cannot have given. */
export const notTheServer = `check ${baseUrlSetting} and any proxy in between`;
