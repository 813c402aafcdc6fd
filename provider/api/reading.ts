import { z } from "zod";
import { ResponseError } from "../errors";
import { json, kindOf, notTheServer } from "./answer";
import type { HttpResponse } from "./exchange";
import { isId } from "./ids";
import type { Path } from "./path";

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

/** No answer that says more than an error is shorter. */
const longestError = 10_000;

/** Refuses an error that came with the status of a success: what was asked for was not done, or nobody knows. */
export function refuseError(what: string, { status, text }: HttpResponse): void {
  if (text.length > longestError || !isError(json(text))) return;
  throw new ResponseError(
    `${what}: the answer has the status ${status} and is an error nevertheless, so what was asked for may not have been done. Run again.`,
  );
}

const word = z.union([z.string(), z.number()]);

/** The errors of the management APIs and of the gateway, of SCIM, and of OAuth. */
const errors = z.union([
  z.looseObject({ code: word, message: z.string() }),
  z.looseObject({ code: word, description: z.string() }),
  z.looseObject({
    schemas: z.array(z.unknown()).refine((all) => all.includes("urn:ietf:params:scim:api:messages:2.0:Error")),
  }),
  z.looseObject({ error: z.string(), error_description: z.string() }),
]);

function isError(body: unknown): boolean {
  return errors.safeParse(body).success;
}

/**
 * The id of a new object, which the server tells by its `Location`: what comes behind the collection that the object was
 * made in. Undefined where that is no id.
 */
export function idAt(collection: Path, location = ""): string | undefined {
  const [id = "", above] = location
    .replace(/[?#].*$/s, "")
    .replace(/\/+$/, "")
    .split("/")
    .reverse();
  if (above !== collection.text.split("/").pop()) return undefined;
  try {
    const decoded = decodeURIComponent(id);
    return isId(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}
