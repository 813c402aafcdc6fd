import type { Application } from "../models/application";

/**
 * Whether an address is the callback of an application: the very text, or what the whole pattern of a `regexp=` callback
 * fits. On the machine itself the port may be another one (RFC 8252, 7.3).
 */
export function isCallback({ oidc }: Application, address: string): boolean {
  return (oidc?.callbackURLs ?? []).some((callback) => {
    if (!callback.startsWith("regexp=")) return callback === address || isSameLoopback(callback, address);
    try {
      return new RegExp(`^(?:${callback.slice("regexp=".length)})$`).test(address);
    } catch {
      return false;
    }
  });
}

function isSameLoopback(callback: string, address: string): boolean {
  const [one, other] = [callback, address].map((text) => (URL.canParse(text) ? new URL(text) : undefined));
  if (!one || !other || !["127.0.0.1", "[::1]", "localhost"].includes(one.hostname)) return false;
  one.port = other.port;
  return one.href === other.href;
}
