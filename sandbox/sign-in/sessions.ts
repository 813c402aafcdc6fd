import { randomUUID } from "node:crypto";
import { marked } from "../secret-mark";

/** Someone who has signed in with a browser, and stays so until the sign-out. */
export interface Session {
  /** What ID tokens say as `sid`. */
  readonly id: string;
  /** The value of the browser's cookie `commonAuthId`. */
  readonly cookie: string;
  readonly userId: string;
  /** When the password was given, on the clock, in milliseconds. */
  readonly since: number;
  /** The authenticators that were passed, such as `BasicAuthenticator`: the `amr` of ID tokens. */
  readonly authenticators: readonly string[];
}

/** The sessions of this process. They end with it. */
export class Sessions {
  private readonly all = new Map<string, Session>();

  constructor(private readonly now: () => number) {}

  start(userId: string, authenticators: readonly string[]): Session {
    const session = { id: randomUUID(), cookie: marked(randomUUID()), userId, since: this.now(), authenticators };
    this.all.set(session.id, session);
    return session;
  }

  find(id: string): Session | undefined {
    return this.all.get(id);
  }

  byCookie(cookie: string): Session | undefined {
    return [...this.all.values()].find((session) => session.cookie === cookie);
  }

  end(id: string): void {
    this.all.delete(id);
  }
}
