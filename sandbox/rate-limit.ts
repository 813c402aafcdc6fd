const WINDOW = 60_000;

/** The kinds of path that are counted, each by itself. */
const counted = ["/api/server/", "/scim2/", "/oauth2/token"];

/**
 * A limit on the requests of a minute, by address and kind of path, over a sliding window: a request is let through
 * if fewer than the limit were let through in the 60 seconds before it. Refused requests do not count.
 */
export class RateLimit {
  private readonly served = new Map<string, number[]>();

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number,
  ) {}

  /** Counts a request, or says for how many seconds the client has to wait. The path has no tenant. */
  secondsToWait(address: string, path: string): number | undefined {
    const kind = counted.find((prefix) => path.startsWith(prefix));
    if (kind === undefined) return undefined;
    const now = this.now();
    const key = `${address} ${kind}`;
    const times = (this.served.get(key) ?? []).filter((time) => time > now - WINDOW);
    this.served.set(key, times);
    const [oldest] = times;
    if (oldest !== undefined && times.length >= this.perMinute) return Math.ceil((oldest + WINDOW - now) / 1000);
    times.push(now);
    return undefined;
  }
}
