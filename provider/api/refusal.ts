import { ApiError, ResponseError } from "../errors";
import { errorOf, isPage, kindOf, notTheServer } from "./answer";
import type { HttpResponse } from "./exchange";
import { goneAt, refusalOf } from "./family";
import type { Path } from "./path";
import type { Secrets } from "./redact";
import { tooLongToWait } from "./retry-after";

/** What to do about an answer that all layers below gave up on. */
const advice: Readonly<Record<number, string>> = {
  401: `the server does not accept a token that it has just issued: check the settings organization and baseUrl`,
  429: "too many requests, even after waiting: lower the setting requestsPerMinute (asgardeo:requestsPerMinute or ASGARDEO_REQUESTS_PER_MINUTE)",
};

/**
 * An answer by which the server has done what was asked; any other one is thrown. `what` is method and path, `asked` the URL
 * and the body.
 */
export function accepted(
  what: string,
  path: Path,
  response: HttpResponse,
  secrets: Secrets,
  asked: string,
): HttpResponse {
  if (response.status < 200 || response.status > 299) throw apiError(what, path, response, secrets, asked);
  if (isPage(response)) throw new ResponseError(`${what}: expected JSON, got ${kindOf(response)}; ${notTheServer}`);
  return response;
}

function apiError(
  what: string,
  { text, family }: Path,
  response: HttpResponse,
  secrets: Secrets,
  asked: string,
): ApiError {
  const { status } = response;
  const error = errorOf(response, family.errors);
  const code = secrets.code(error?.code, asked);
  const trace = secrets.trace(error?.trace);
  const description = error
    ? secrets.words(error.description, asked)
    : `no error of the server's own, but ${kindOf(response)}; ${notTheServer}`;
  const hint = tooLongToWait(response.headers["retry-after"]) ?? (code === undefined && advice[status]);
  const words = [`${what}: ${status}`, code && ` ${code}`, `: ${description}`, trace && ` (trace ${trace})`];
  const message = [...words, hint && `; ${hint}`].filter(Boolean).join("");
  const { meaning, gone } = (error && refusalOf(family, status, error)) ?? {};
  return new ApiError(status, code, secrets.hide(description), secrets.hide(message), {
    meaning,
    gone: goneAt(family, text, gone),
  });
}
