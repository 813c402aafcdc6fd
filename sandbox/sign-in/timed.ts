import { randomUUID } from "node:crypto";
import { marked } from "../secret-mark";

/** How long a sign-in may take from its first request to its end, in milliseconds. */
const LIMIT = 900_000;

/** What a sign-in needs until a later request, by a key that only those who take part in it know. In memory alone. */
export class Timed<T> {
  private readonly all = new Map<string, { readonly value: T; readonly since: number }>();

  constructor(
    private readonly now: () => number,
    private readonly limit = LIMIT,
  ) {}

  /** Keeps a value, and makes the key of it. */
  put(value: T): string {
    this.forgetOld();
    const key = marked(randomUUID());
    this.all.set(key, { value, since: this.now() });
    return key;
  }

  /** Undefined for a key that never was, that was taken out, or whose time is over. */
  find(key: string | undefined): T | undefined {
    const entry = key === undefined ? undefined : this.all.get(key);
    return entry && this.age(entry) <= this.limit ? entry.value : undefined;
  }

  /** Whether a key was good, and its time is over. */
  isLate(key: string): boolean {
    const entry = this.all.get(key);
    return entry !== undefined && this.age(entry) > this.limit;
  }

  /** Takes a value out: its key is unknown from now on. */
  drop(key: string): void {
    this.all.delete(key);
  }

  /** A key that is late is known for as long again, so that whoever comes a little late is told so. */
  private forgetOld(): void {
    for (const [key, entry] of this.all) {
      if (this.age(entry) <= 2 * this.limit) return;
      this.all.delete(key);
    }
  }

  private age({ since }: { readonly since: number }): number {
    return this.now() - since;
  }
}
