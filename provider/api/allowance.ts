const minute = 60_000;

/** In flight at most while others may have used the server's limit up: so many learn it at once by a 429. */
const inDoubt = 3;

/**
 * When the next request may start, by what this process has sent and what the server has said. Times are milliseconds
 * on one clock.
 *
 * A request counts from its start until a minute after its answer. The server sees it somewhere in between, so whatever
 * its windows are, sliding or fixed, none of them holds more than `perMinute` requests of this process.
 *
 * What others at the same IP address have sent, such as the process of the preview a moment ago, nobody tells. So few
 * requests are in flight during the first minute, and after a 429 they come singly until the others' are forgotten.
 */
export class Allowance {
  private inFlight = 0;
  /** When the answers of the last minute came, oldest first. */
  private readonly ends: number[] = [];
  private lastStart = Number.NEGATIVE_INFINITY;
  private heldUntil = Number.NEGATIVE_INFINITY;
  private carefulUntil = Number.NEGATIVE_INFINITY;
  private doubtUntil: number;

  constructor(
    private readonly perMinute: number,
    now: number,
  ) {
    this.doubtUntil = now + minute;
  }

  /** Milliseconds until the next request may start; Infinity: not before an answer has come. */
  wait(now: number): number {
    if (now < this.heldUntil) return this.heldUntil - now;
    if (this.inFlight >= this.mostInFlight(now)) return Number.POSITIVE_INFINITY;
    const paced = now < this.carefulUntil ? this.lastStart + (2 * minute) / this.perMinute - now : 0;
    return Math.max(0, paced, this.untilFree(now));
  }

  start(now: number): void {
    this.inFlight++;
    this.lastStart = now;
  }

  end(now: number): void {
    this.inFlight--;
    this.ends.push(now);
  }

  /** The server answered 429. Without a `Retry-After`, the limit of a minute is surely lifted a minute later. */
  refuse(now: number, retryAfter = minute): void {
    this.heldUntil = Math.max(this.heldUntil, now + retryAfter);
    this.carefulUntil = Math.max(this.heldUntil, now + minute);
    this.doubtUntil = this.carefulUntil + minute;
  }

  /** Whether a 429 holds all requests back. */
  isHeld(now: number): boolean {
    return now < this.heldUntil;
  }

  /** About how many milliseconds it takes until so many more requests have started. */
  timeFor(count: number, now: number): number {
    const free = this.perMinute - this.ends.length - this.inFlight;
    const turn = (count - 1) % this.perMinute;
    const before = turn < free ? now - minute : (this.ends[turn - free] ?? now);
    const rounds = Math.ceil(count / this.perMinute);
    return Math.max(0, this.heldUntil - now, before + rounds * minute - now);
  }

  private untilFree(now: number): number {
    while (this.ends[0] !== undefined && this.ends[0] + minute <= now) this.ends.shift();
    if (this.inFlight + this.ends.length < this.perMinute) return 0;
    return this.ends[0] === undefined ? Number.POSITIVE_INFINITY : this.ends[0] + minute - now;
  }

  private mostInFlight(now: number): number {
    if (now < this.carefulUntil) return 1;
    return now < this.doubtUntil ? Math.max(inDoubt, Math.floor(this.perMinute / 60)) : Number.POSITIVE_INFINITY;
  }
}
