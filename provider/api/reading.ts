import type { z } from "zod";
import { ResponseError } from "../errors";
import { json, kindOf, notTheServer } from "./answer";
import type { HttpResponse } from "./exchange";

/** The value of an answer. What is wrong with it is told by path, without any of it. `what` is method and path. */
export function parsed<S extends z.ZodType>(schema: S, response: HttpResponse, what: string): z.infer<S> {
  const body = json(response.text);
  if (body === undefined) throw new ResponseError(`${what}: expected JSON, got ${kindOf(response)}; ${notTheServer}`);
  const result = schema.safeParse(body, { reportInput: false });
  if (result.success) return result.data;
  const { issues } = result.error;
  const shown = issues.slice(0, 5).map(({ path, message }) => `${path.join(".") || "the answer"}: ${message}`);
  const more = issues.length > shown.length ? [`and ${issues.length - shown.length} more`] : [];
  throw new ResponseError(`${what}: the answer has not the expected shape: ${[...shown, ...more].join("; ")}`);
}

const longestId = 255;

/** The id of a new object, which the server tells by its `Location`; undefined where that has none. */
export function idAt(location = ""): string | undefined {
  const last = location
    .replace(/[?#].*$/s, "")
    .replace(/\/+$/, "")
    .split("/")
    .pop();
  try {
    // Ids are short; a text as long as a page is none, and would make every message about it unreadable.
    return last && last.length <= longestId ? decodeURIComponent(last) : undefined;
  } catch {
    return undefined;
  }
}
