import { z } from "zod";
import { baseUrlSetting } from "../errors";
import type { HttpResponse } from "./http";

/** What the server itself says about an error. */
export interface ServerError {
  /** The APIs' own code; the gateway's errors have none. */
  readonly code?: string;
  readonly description: string;
  readonly trace?: string;
}

/** The gateway's errors carry a number as code, the APIs' own a string; any member may be null or of another kind. */
const errorBody = z.object({
  code: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  traceId: z.string().optional().catch(undefined),
});

const longestDescription = 500;

/** The server's own error, or undefined where something else answered: a proxy, or another server. */
export function errorOf({ text }: HttpResponse): ServerError | undefined {
  const body = errorBody.safeParse(json(text)).data;
  if (!body) return undefined;
  const said = body.description || body.message || "no description";
  return {
    ...(body.code && { code: body.code }),
    description: said.length > longestDescription ? `${said.slice(0, longestDescription)}…` : said,
    ...(body.traceId && { trace: body.traceId }),
  };
}

/** The value of a JSON text; undefined where it is none. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
  return `${text.length} characters of ${type}, ${json(text) === undefined ? "not valid JSON" : "not in its format"}`;
}

/** For messages about an answer that the server's APIs cannot have given. */
export const notTheServer = `check ${baseUrlSetting} and any proxy in between`;
