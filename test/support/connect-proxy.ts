import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type Socket } from "node:net";
import type { Certificate } from "./certificates";
import { afterTest, listening } from "./clean-up";

/** A proxy at 127.0.0.1 that was asked for these tunnels. */
export interface ConnectProxy {
  /** Host and port. */
  readonly at: string;
  readonly asked: { readonly target: string; readonly authorization: string | undefined }[];
}

export interface ConnectProxyOptions {
  /** Host and port that every tunnel leads to, whatever host is asked for: so a test needs no name server. */
  readonly to?: string;
  /** What it does instead of a tunnel, such as an answer on the socket. */
  readonly instead?: (socket: Socket) => void;
  /** Speaks TLS itself, with this certificate. */
  readonly tls?: Certificate;
}

/** An HTTP proxy that makes tunnels by CONNECT. */
export async function connectProxy({ to = "", instead, tls }: ConnectProxyOptions): Promise<ConnectProxy> {
  const asked: ConnectProxy["asked"] = [];
  const sockets = new Set<Socket>();
  const server = tls ? createTlsServer(tls) : createServer();
  server.on("connect", ({ url = "", headers }: IncomingMessage, socket: Socket) => {
    asked.push({ target: url, authorization: headers["proxy-authorization"] });
    socket.on("error", () => {});
    sockets.add(socket);
    if (instead) return instead(socket);
    const [host, port] = to.split(":");
    const tunnel = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on("error", () => socket.destroy());
    sockets.add(tunnel);
  });
  const at = await listening(server);
  // The server knows nothing of a connection any more once it has become a tunnel.
  afterTest(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { at, asked };
}
