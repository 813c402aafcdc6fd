import { STATUS_CODES } from "node:http";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { belowTenant } from "./below-tenant";
import type { StatusFault } from "./models/fault";
import { answerGatewayRefusal, answerRefusal, crash } from "./refusal";

/** Statuses whose answers have no body. */
const bodiless: readonly number[] = [204, 205, 304];

/** The answer of a fault: as the API, its token endpoint or a proxy in front of them would give it, or as the rule has it. */
export function faultAnswer(context: Context, rule: StatusFault): Response {
  const answer = bodiless.includes(rule.status) ? new Response(null, { status: rule.status }) : withBody(context, rule);
  if (rule.retryAfter !== undefined) answer.headers.set("Retry-After", String(rule.retryAfter));
  return answer;
}

function withBody(context: Context, { status, body, content }: StatusFault): Response {
  if (content !== undefined) {
    return context.body(JSON.stringify(content), contentful(status), { "Content-Type": "application/json" });
  }
  return (body ?? usual(status)) === "html" ? page(context, status) : json(context, status);
}

function usual(status: number): "json" | "html" {
  return status === 502 || status === 504 ? "html" : "json";
}

function page(context: Context, status: number): Response {
  const title = `${status} ${nameOf(status)}`;
  const html = `<html>\r\n<head><title>${title}</title></head>\r\n<body><h1>${title}</h1></body>\r\n</html>\r\n`;
  return context.html(html, contentful(status));
}

function json(context: Context, status: number): Response {
  if (status >= 500 && belowTenant(context.req.path) === "/oauth2/token") {
    const description = status === 500 ? "Internal Server Error." : "Service Unavailable Error.";
    return context.json({ error_description: description, error: "server_error" }, contentful(status));
  }
  if (status === 500) return answerRefusal(context, crash());
  if (status === 401 || status === 403) return answerGatewayRefusal(context, status);
  const description = "The request could not be served.";
  return context.json({ code: status, message: nameOf(status), description }, contentful(status));
}

function nameOf(status: number): string {
  return STATUS_CODES[status] ?? "Unknown";
}

/** The statuses that have no body are left out before. */
function contentful(status: number): ContentfulStatusCode {
  return status as ContentfulStatusCode;
}
