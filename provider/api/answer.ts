import { z } from "zod";
import { baseUrlSetting } from "../errors";
import type { HttpResponse } from "./exchange";

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
  return {
    ...(body.code && { code: shortened(body.code) }),
    description: shortened(body.description || body.message || "no description"),
    ...(body.traceId && { trace: shortened(body.traceId) }),
  };
}

/** As much of a server's words as fits into a message. */
export function shortened(words: string): string {
  return words.length > longestDescription ? `${words.slice(0, longestDescription)}…` : words;
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
