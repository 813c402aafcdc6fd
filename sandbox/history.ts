import type { MiddlewareHandler } from "hono";
import { belowTenant } from "./below-tenant";
import type { Env } from "./gate";
import type { Store } from "./store";
import type { Tenant } from "./tenant";

/** A snapshot is a whole tenant, so not all of them can be kept. */
const KEPT = 100;

/** What the tenant was before the last change of each path. */
export class History {
  /** From the oldest change to the newest. */
  private readonly snapshots = new Map<string, Tenant>();

  /** The tenant before the last change to a path, to one above it or to one below it. */
  before(path: string): Tenant | undefined {
    return [...this.snapshots].findLast(([changed]) => within(changed, path) || within(path, changed))?.[1];
  }

  changed(path: string, before: Tenant): void {
    this.snapshots.delete(path);
    this.snapshots.set(path, before);
    const [oldest] = this.snapshots.keys();
    if (this.snapshots.size > KEPT && oldest !== undefined) this.snapshots.delete(oldest);
  }

  forget(): void {
    this.snapshots.clear();
  }
}

function within(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Takes a snapshot before each change, while somebody needs them. */
export function remembered(history: History, { tenant }: Store, needed: () => boolean): MiddlewareHandler<Env> {
  return async (context, next) => {
    const path = belowTenant(context.req.path);
    if (!needed()) history.forget();
    if (!needed() || ["GET", "HEAD"].includes(context.req.method) || path.startsWith("/oauth2/")) return next();
    // Behind the body no route waits for anything: the snapshot is what this very request changes.
    await context.req.text().catch(() => undefined);
    const before = structuredClone(tenant);
    await next();
    if (!context.res.ok) return;
    const created = context.res.headers.get("location");
    history.changed(created === null ? path : belowTenant(new URL(created).pathname), before);
  };
}
