/** One HTTP request, ready to be sent. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sending it twice does no harm although it is a POST: the token request. */
  readonly repeatable?: boolean;
  /** What the operation that sends it has spent so far; a request without it is an operation of its own. */
  readonly effort?: { spent: number };
}

/** One HTTP answer, whatever its status. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** The one function type of the transport: `withBudget`, `withRetry` and `withToken` are layers around it. */
export type Send<Request = HttpRequest> = (request: Request) => Promise<HttpResponse>;
