import type { Http2Server, IncomingHttpHeaders } from "node:http2";
import { AsgardeoError } from "../errors";

/** For callers that nobody can cancel. */
export const never: AbortSignal = new AbortController().signal;

/**
 * Aborted as soon as somebody calls this path of an HTTP/2 server in this process. Node tells its servers by a function
 * that it does not document; where that is missing, nothing is ever cancelled.
 */
export function cancelledBy(path: string): AbortSignal {
  const controller = new AbortController();
  const reason = new AsgardeoError("the run was cancelled while this operation waited to send its next request");
  for (const server of http2Servers()) {
    server.on("stream", (_: unknown, headers: IncomingHttpHeaders) => {
      if (headers[":path"] === path) controller.abort(reason);
    });
  }
  return controller.signal;
}

function http2Servers(): Http2Server[] {
  const { _getActiveHandles: handles } = process as { _getActiveHandles?: () => object[] };
  return (handles?.() ?? []).filter((handle): handle is Http2Server => handle.constructor?.name === "Http2Server");
}

/** Waits, but not beyond the cancellation: then it throws. */
export function unlessCancelled(cancelled: AbortSignal, wait: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(cancelled.reason);
    if (cancelled.aborted) stop();
    cancelled.addEventListener("abort", stop, { once: true });
    wait.then(resolve, reject).finally(() => cancelled.removeEventListener("abort", stop));
  });
}
