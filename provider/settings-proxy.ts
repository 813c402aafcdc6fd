import { isLoopback } from "./settings-schema";

/** The proxy by which the tenant is reached. */
export interface ProxySetting {
  /** Scheme, host and port alone: this may be shown. */
  readonly url: string;
  /** The environment variable that names it. */
  readonly variable: string;
  /** User and password as the header `Proxy-Authorization` has them. */
  readonly authorization?: string;
  /** All that must never be shown. */
  readonly secrets: readonly string[];
}

/** The first of these that says anything wins: as in undici and curl, the small letters. */
const variables = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"];

/**
 * The proxy for a URL, or what is wrong with it. The rules are those of undici's `EnvHttpProxyAgent`, but a server on this
 * machine is never asked by a proxy. `ALL_PROXY` counts for nothing there either.
 */
export function proxyFor(target: string, environment: NodeJS.ProcessEnv): { proxy?: ProxySetting; problem?: string } {
  const url = new URL(target);
  const variable = variables.find((name) => environment[name]?.trim());
  if (variable === undefined || isLoopback(url.hostname) || isExempt(url, environment)) return {};
  const proxy = parsed(environment[variable]?.trim() ?? "", variable);
  if (proxy) return { proxy };
  return {
    problem: `${variable}: must be the URL of a proxy, such as http://proxy.example.com:3128 or http://user:password@proxy.example.com:3128, with special characters of user and password percent-encoded (it is not shown, since it may hold a password). Correct it, or name ${url.hostname} in NO_PROXY to go without a proxy.`,
  };
}

/** A host of the list, or one below it; a port counts where one is given. */
function isExempt({ hostname, port }: URL, environment: NodeJS.ProcessEnv): boolean {
  const list = environment.no_proxy?.trim() || environment.NO_PROXY?.trim() || "";
  return list.split(/[,\s]+/).some((entry) => {
    if (entry === "*") return true;
    const [, host = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? [];
    const name = host.replace(/^\*?\./, "").toLowerCase();
    if (name === "" || (only !== undefined && only !== (port || "443"))) return false;
    return hostname === name || hostname.endsWith(`.${name}`);
  });
}

function parsed(text: string, variable: string): ProxySetting | undefined {
  // Many write it without a scheme, as curl and Go allow.
  const whole = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(whole)) return undefined;
  const { protocol, host, hostname, username, password } = new URL(whole);
  if (!/^https?:$/.test(protocol) || hostname === "") return undefined;
  const shown = { url: `${protocol}//${host}`, variable };
  if (username === "" && password === "") return { ...shown, secrets: [] };
  try {
    const [user, word] = [decodeURIComponent(username), decodeURIComponent(password)];
    const basic = Buffer.from(`${user}:${word}`).toString("base64");
    // As it was written, as a URL has it, and as it is sent.
    const written = /^[^/]*\/\/[^/]*?:([^/]*)@/.exec(whole)?.[1] ?? "";
    const secrets = [word, password, written, basic].filter(Boolean);
    return { ...shown, authorization: `Basic ${basic}`, secrets };
  } catch {
    return undefined;
  }
}
