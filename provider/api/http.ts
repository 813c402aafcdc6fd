import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import type { Agent, Dispatcher } from "undici";
import { SettingsError } from "../errors";
import type { Send } from "./exchange";
import { connectionError } from "./failure";
import { UndiciAgent, undiciRequest } from "./undici";

/** The keep-alive agent of this process. With a CA file, its certificates are trusted besides the usual ones. */
export function agent(caFile: string | undefined): Agent {
  return new UndiciAgent({
    // Shorter than servers keep an idle connection: a POST on one that is just being closed cannot be repeated.
    keepAliveTimeout: 10_000,
    connections: 32,
    // Said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 switches only Node's default off.
    connect: { rejectUnauthorized: true, ...(caFile && { ca: [...rootCertificates, certificates(caFile)] }) },
  });
}

function certificates(caFile: string): string {
  const text = readCa(caFile);
  try {
    new X509Certificate(text);
    return text;
  } catch (cause) {
    throw new SettingsError(`caFile: ${caFile} holds no PEM certificate`, { cause });
  }
}

function readCa(caFile: string): string {
  try {
    return readFileSync(caFile, "utf8");
  } catch (cause) {
    throw new SettingsError(`caFile: cannot read ${caFile}; give the path of a PEM file`, { cause });
  }
}

/** The bottom layer: undici, one attempt, one time limit over the whole exchange. */
export function overHttp(dispatcher: Dispatcher, timeoutSeconds: number): Send {
  return async ({ method, url, headers, body }) => {
    try {
      const signal = AbortSignal.timeout(timeoutSeconds * 1000);
      const { origin, pathname, search } = new URL(url);
      const answer = await undiciRequest.call(dispatcher, {
        origin,
        path: `${pathname}${search}`,
        method,
        headers: { "user-agent": "pulumi-asgardeo", ...headers },
        body,
        signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, headers: single(answer.headers), text };
    } catch (cause) {
      throw connectionError(method, url, timeoutSeconds, cause);
    }
  };
}

/** No header that the client reads may come twice; of one that does, the first counts. */
function single(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, Array.isArray(v) ? v[0] : v]));
}
