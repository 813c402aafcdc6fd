import { never } from "./cancellation";
import { systemClock } from "./clock";
import { Collections } from "./collections";
import type { Waiting } from "./eventually";
import type { Send } from "./exchange";
import { Queues } from "./queues";
import type { Secrets } from "./redact";
import { ScopesInUse } from "./scopes-in-use";
import type { SignedSend } from "./token";
import { toStderr } from "./waiting-report";

/** What the client of a process may be given beside its transport. */
export interface Given {
  /** The bootstrap client's id. */
  readonly clientId?: string;
  /** The transport without a token. */
  readonly open?: Send;
  /** What the tokens of the transport go by. Default: everything is in use. */
  readonly inUse?: ScopesInUse;
  /** How it waits for what the server does in the background. Default: in real time, with lines on stderr. */
  readonly waiting?: Waiting;
}

/** An organization of the tenant, for a client that works in it. */
export interface Inside<Client> {
  /** Its id. */
  readonly organization: string;
  /** The client of the tenant itself. */
  readonly tenant: Client;
}

/** What all operations of a process share. */
export interface Shared<Client> {
  readonly send: SignedSend;
  readonly open: Send | undefined;
  /** The tenant's base URL: what comes before a path such as `/api/server/v1/…`, without a slash at its end. */
  readonly base: string;
  /** The organization of the tenant that all requests are for, where it is not the tenant itself. */
  readonly inside?: Inside<Client>;
  readonly clientId: string;
  readonly secrets: Secrets;
  readonly inUse: ScopesInUse;
  readonly waiting: Waiting;
  readonly collections: Collections<Client>;
  readonly queues: Queues;
}

export function sharedBy<Client>(send: SignedSend, base: string, secrets: Secrets, given: Given): Shared<Client> {
  const {
    clientId = "",
    open,
    inUse = new ScopesInUse(),
    waiting = { clock: systemClock, say: toStderr, cancelled: never },
  } = given;
  return {
    send,
    open,
    base,
    clientId,
    secrets,
    inUse,
    waiting,
    collections: new Collections<Client>(),
    queues: new Queues(),
  };
}

/** The same for an organization of the tenant, which has objects and lists of its own. */
export function sharedInside<Client>(shared: Shared<Client>, inside: Inside<Client>): Shared<Client> {
  return { ...shared, inside, collections: new Collections<Client>(), queues: new Queues() };
}
