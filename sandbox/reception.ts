import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Collected } from "./collected";

/** How large the body of a request may be, in bytes: far more than any API of a tenant has use for. */
const LARGEST_BODY = 16 * 1024 * 1024;
/** How long, in milliseconds, whoever is refused in the middle of a body may take to read why. */
const LINGER = 500;

/**
 * Lets only requests through that are meant for a sandbox, each with its whole body as the `rawBody` that the listener
 * looks for. Others are refused here: they are not noted, not counted, and get no fault.
 */
export function received(listener: RequestListener): RequestListener {
  return (incoming, outgoing) => {
    if (!isForSandbox(incoming.headers.host)) {
      refuse(
        incoming,
        outgoing,
        421,
        "This sandbox is for requests to 127.0.0.1 or localhost, and not to another host.",
      );
      return;
    }
    receive(incoming, (body) => {
      if (body) listener(Object.assign(incoming, { rawBody: body }), outgoing);
      else refuse(incoming, outgoing, 413, "The body of a request has at most 16 MiB here.");
    });
  };
}

/**
 * A page on the web can have its own name lead to 127.0.0.1, and then read what is there. The name still stands in the
 * requests of its browser. The port may be another one: that of a tunnel.
 */
function isForSandbox(host = ""): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(host.replace(/:\d+$/, ""));
}

/** Reads a body; undefined if it is too large, and then the rest is left unread. A client that goes away is told nothing. */
function receive(incoming: IncomingMessage, done: (body: Buffer | undefined) => void): void {
  if (Number(incoming.headers["content-length"] ?? 0) > LARGEST_BODY) {
    done(undefined);
    return;
  }
  const body = new Collected(LARGEST_BODY);
  const onData = (chunk: Buffer) => {
    if (body.add(chunk)) return;
    incoming.off("data", onData).off("end", onEnd).pause();
    done(undefined);
  };
  const onEnd = () => done(body.bytes());
  incoming.on("data", onData).once("end", onEnd);
  // Without a listener, a connection that breaks here would be an error that nobody has seen to.
  incoming.on("error", () => undefined);
}

/** Answers with a sentence, and ends the connection: at once, or where a body is under way, when the client has had time to read. */
function refuse(incoming: IncomingMessage, outgoing: ServerResponse, status: number, sentence: string): void {
  const text = `${sentence}\n`;
  outgoing.writeHead(status, {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Length": Buffer.byteLength(text),
    Connection: "close",
  });
  const { "content-length": length = "0", "transfer-encoding": encoding } = incoming.headers;
  if (length === "0" && encoding === undefined) {
    outgoing.end(text);
    return;
  }
  outgoing.write(text);
  const end = setTimeout(() => incoming.socket.destroy(), LINGER);
  incoming.socket.once("close", () => clearTimeout(end));
}
