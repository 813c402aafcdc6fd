import { PushedRequests } from "./pushed-requests";
import type { AuthorizationRequest } from "./request";
import type { Session } from "./sessions";
import { Timed } from "./timed";

/** A sign-in under way. */
export interface Flow {
  readonly request: AuthorizationRequest;
  /** The user name that was typed last, so that only the password has to be typed again. */
  username?: string;
  /** The organization whose user signs in; undefined is the one in which the application is at home. */
  organizationId?: string;
  /** The authenticators that were passed, where the application asks for more than that. */
  passed?: readonly string[];
  /** The session that the password has started. */
  session?: Session;
}

/** Somebody who has signed in, and has yet to say whether the application may know who it is. */
export interface Question {
  readonly request: AuthorizationRequest;
  readonly session: Session;
}

/** The sign-ins under way of this process, and what users have agreed to for good. */
export class SignIns {
  /** Sign-ins with a browser, by `sessionDataKey`. */
  readonly flows: Timed<Flow>;
  /** Sign-ins of an application's own making, by `flowId`. */
  readonly native: Timed<Flow>;
  /** Questions for consent, by `sessionDataKeyConsent`. */
  readonly questions: Timed<Question>;
  /** Authorization requests that clients have pushed, for browsers to come with. */
  readonly pushed: PushedRequests;
  private readonly agreed = new Map<string, Set<string>>();

  constructor(now: () => number) {
    this.flows = new Timed(now);
    this.native = new Timed(now);
    this.questions = new Timed(now);
    this.pushed = new PushedRequests(now);
  }

  /** Remembers that a user lets an application have these scopes. */
  agree({ applicationId, scopes }: AuthorizationRequest, userId: string): void {
    const key = `${applicationId} ${userId}`;
    this.agreed.set(key, new Set([...(this.agreed.get(key) ?? []), ...scopes]));
  }

  /** Whether a user has agreed to all that a request asks for. */
  hasAgreed({ applicationId, scopes }: AuthorizationRequest, userId: string): boolean {
    const agreed = this.agreed.get(`${applicationId} ${userId}`);
    return agreed !== undefined && scopes.every((scope) => agreed.has(scope));
  }
}
