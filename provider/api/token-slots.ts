import type { Clock } from "./clock";
import type { Access, Scope } from "./scopes";
import type { ScopesInUse } from "./scopes-in-use";
import type { Token } from "./token-endpoint";

/** For what a token is good. */
export interface Purpose {
  readonly access: Access;
  /** The id of the organization that it is switched to; undefined for the tenant itself. */
  readonly organization: string | undefined;
}

/** A token that is being taken, or was. */
interface Slot {
  readonly asked: Set<Scope>;
  /** Whether it is not asked for yet, so that more scopes cost nothing. */
  isOpen: boolean;
  readonly taking: Promise<Token>;
  token?: Token;
}

/** As long as whoever has something to do at this moment needs to say so. */
const turn = () => new Promise<void>((done) => setImmediate(done));

/**
 * The tokens at hand: one for each purpose. It asks for all that is in use when it is taken, a turn of the event loop after
 * the first one who wants it, so that those who come together share it. Another one is taken only for a scope that it was
 * not asked for. All but the waiting is synchronous, so that no caller acts on what another has just replaced.
 */
export class TokenSlots {
  private readonly slots = new Map<string, Slot>();

  constructor(
    private readonly take: (purpose: Purpose, scopes: readonly Scope[]) => Promise<Token>,
    private readonly inUse: ScopesInUse,
    private readonly clock: Clock,
  ) {}

  /** A token that was asked for these scopes. One that may write can also read, so reading takes its own only where there is none. */
  get(purpose: Purpose, scopes: readonly Scope[]): Promise<Token> {
    const own = this.held(purpose, scopes);
    const writing =
      purpose.access === "view" && own === undefined ? this.held({ ...purpose, access: "write" }, scopes) : undefined;
    // Where it is not to be had, reading may be.
    if (writing) return writing.taking.catch(() => (this.held(purpose, scopes) ?? this.fresh(purpose, scopes)).taking);
    return (own ?? this.fresh(purpose, scopes)).taking;
  }

  /** Drops this very token: another one may have been taken since it was refused. */
  forget(token: Token): void {
    for (const [key, slot] of this.slots) {
      if (slot.token === token) this.slots.delete(key);
    }
  }

  private held(purpose: Purpose, scopes: readonly Scope[]): Slot | undefined {
    const slot = this.slots.get(keyOf(purpose));
    if (!slot || (slot.token && this.clock.now() >= slot.token.until)) return undefined;
    if (slot.isOpen) this.want(slot, scopes);
    return scopes.every((scope) => slot.asked.has(scope)) ? slot : undefined;
  }

  private fresh(purpose: Purpose, scopes: readonly Scope[]): Slot {
    const asked = new Set<Scope>();
    const taking = turn().then(() => {
      slot.isOpen = false;
      const wanted = [...asked];
      asked.clear();
      for (const scope of this.inUse.of(purpose.access, purpose.organization !== undefined)) asked.add(scope);
      for (const scope of wanted) asked.add(scope);
      return this.take(purpose, [...asked]);
    });
    const slot: Slot = { asked, isOpen: true, taking };
    this.want(slot, scopes);
    const key = keyOf(purpose);
    this.slots.set(key, slot);
    slot.taking.then(
      (token) => {
        slot.token = token;
      },
      () => {
        if (this.slots.get(key) === slot) this.slots.delete(key);
      },
    );
    return slot;
  }

  private want(slot: Slot, scopes: readonly Scope[]): void {
    this.inUse.met(scopes);
    for (const scope of scopes) slot.asked.add(scope);
  }
}

function keyOf({ access, organization }: Purpose): string {
  return JSON.stringify([access, organization]);
}
