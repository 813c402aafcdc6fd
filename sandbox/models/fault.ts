/** A request as the rules see it. */
export interface FaultedRequest {
  /** In capital letters. */
  readonly method: string;
  /** Below the tenant, without query: `/api/server/v1/applications`. */
  readonly path: string;
  /** The query with its question mark, or nothing. */
  readonly query: string;
}

/** What every rule has: which requests it is for, and which of these it plays its fault on. */
export interface FaultChoice {
  /** One method or several, such as `POST`. Default: every method. */
  readonly method?: string | readonly string[];
  /**
   * The path below the tenant, without query. A text is a glob, in which `*` stands for anything but a slash and `**`
   * for anything: `/api/server/v1/applications/*`. A text that begins with `^` is the source of a regular expression;
   * a program can also give a `RegExp`. Default: every path.
   */
  readonly path?: string | RegExp;
  /** How many matching requests are served well before the first fault. Default: 0. */
  readonly skip?: number;
  /** How many faults are played; afterwards the rule is spent. Default: no end. */
  readonly times?: number;
  /** How likely a fault is on each matching request behind `skip`, from 0 to 1. Default: 1. */
  readonly probability?: number;
  /**
   * With what the chance of `probability` begins: the same seed gives the same faults on the same sequence of matching
   * requests. Default: the place of the rule in its list.
   */
  readonly seed?: number;
}

/**
 * Whether a fault comes before the request is carried out, and then `status`, `flood` and `reset` keep it from being carried out
 * at all, or after it was carried out.
 */
export type FaultTime = "before" | "after";

/** The answer takes longer. */
export interface LatencyFault extends FaultChoice {
  readonly kind: "latency";
  /** At most an hour. */
  readonly milliseconds: number;
  /** Whether the change is made behind or ahead of the wait. Default: `before` it is made comes the wait. */
  readonly when?: FaultTime;
}

/** Another answer in the place of the right one. */
export interface StatusFault extends FaultChoice {
  readonly kind: "status";
  /** From 200 to 599: an answer that says of itself that all is well can be wrong as well. */
  readonly status: number;
  /** The header `Retry-After`: a number of seconds, or the whole value as a text. Default: no such header. */
  readonly retryAfter?: number | string;
  /**
   * JSON, or a page as proxies give it. Default: `html` for 502 and 504 without a `content`, otherwise `json`. Answers
   * with 204, 205 and 304 have no body whatever stands here.
   */
  readonly body?: "json" | "html";
  /**
   * What the JSON is: anything that JSON can have, such as `{}`, `null`, or an empty list with a total. Default: an error of
   * the API.
   */
  readonly content?: unknown;
  /** Default: `before`, so that nothing changes. */
  readonly when?: FaultTime;
}

/**
 * A body that is too large, in the place of the right answer: JSON with the status 200 that goes on and on. The headers do
 * not say how long it is.
 */
export interface FloodFault extends FaultChoice {
  readonly kind: "flood";
  /** How many bytes it has, at least 2. Default: no end, until the client closes the connection or the sandbox ends. */
  readonly bytes?: number;
  /** Default: `before`, so that nothing changes. */
  readonly when?: FaultTime;
}

/** No answer: the connection is reset (RST). The log has it with the status 0. */
export interface ResetFault extends FaultChoice {
  readonly kind: "reset";
  /** Default: `before`, so that nothing changes. */
  readonly when?: FaultTime;
}

/**
 * The request is carried out, and the JSON of its answer ends too early; `Content-Length` is that of what is sent, so
 * that the exchange itself succeeds. It is for answers with JSON only: others do not count.
 */
export interface TruncateFault extends FaultChoice {
  readonly kind: "truncate";
  /** How many bytes are left; one byte is always missing. Default: half of them. */
  readonly bytes?: number;
}

/** All tokens issued so far are revoked: whoever uses one gets 401. */
export interface ExpireTokensFault extends FaultChoice {
  readonly kind: "expire-tokens";
  /**
   * `before`: the request itself is already refused. `after`: it is served, and the next one is refused; on the token
   * endpoint this includes the token just issued. Default: `before`.
   */
  readonly when?: FaultTime;
}

/**
 * A GET is answered as it would have been before the last change to its path, to one above it or to one below it. What
 * a POST has created counts as changed. It is for reads with such a change only: others do not count. Changes are
 * remembered while a rule of this kind is in force, for the 100 paths changed last.
 */
export interface StaleReadFault extends FaultChoice {
  readonly kind: "stale-read";
}

/**
 * The bootstrap client loses an authorization, for good: in the tenant, as if somebody had taken it away in the console.
 * It is only for as long as there is something to lose: later requests do not count.
 */
export interface WithdrawFault extends FaultChoice {
  readonly kind: "withdraw";
  /** The name of the scope to lose; give this or `api`. */
  readonly scope?: string;
  /** The identifier of the API to lose, such as `/api/server/v1/applications`. */
  readonly api?: string;
  /** Whether its tokens keep their scopes, as on the real server, or are revoked. Default: `keep`. */
  readonly tokens?: "keep" | "revoke";
  /** Default: `before`. */
  readonly when?: FaultTime;
}

/**
 * There is no room on the disk for a change: it gets a server error, and the tenant stays as it is, in memory and in its
 * file, be there one or not. A request that the server would refuse, or that changes nothing, is answered as usual. It is for
 * `POST`, `PUT`, `PATCH` and `DELETE` of the APIs only: others do not count.
 */
export interface DiskFullFault extends FaultChoice {
  readonly kind: "disk-full";
}

/**
 * The request is carried out, and the JSON of its answer is changed by a function: for programs only. It is for answers
 * with JSON only: others do not count.
 */
export interface MutateFault extends FaultChoice {
  readonly kind: "mutate";
  /** Gives what is answered as JSON; `undefined` is an answer without body. It may change what it is given. */
  readonly mutate: (body: unknown, request: FaultedRequest) => unknown;
}

/**
 * A rule by which a sandbox plays a fault. Of a list of rules, each request gets at most one fault: that of the first
 * rule which has one for it; the rules behind that do not count the request. `truncate` and `mutate` come behind all
 * others.
 */
export type FaultRule =
  | LatencyFault
  | StatusFault
  | FloodFault
  | ResetFault
  | TruncateFault
  | ExpireTokensFault
  | StaleReadFault
  | WithdrawFault
  | DiskFullFault
  | MutateFault;

/** A fault that was played. */
export interface PlayedFault {
  readonly kind: FaultRule["kind"];
  /** Whether it came before or after the request was carried out; `stale-read` and `disk-full` have no such time. */
  readonly when?: FaultTime;
}
