import { once } from "node:events";
import { type ClientHttp2Session, connect, createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { cancelledBy, never, unlessCancelled } from "../../provider/api/cancellation";

const path = "/pulumirpc.ResourceProvider/Cancel";

async function call(client: ClientHttp2Session, at: string): Promise<void> {
  const stream = client.request({ ":path": at, ":method": "POST" });
  stream.resume().end();
  await once(stream, "close");
}

test("a call of the path at an HTTP/2 server of this process cancels, any other one does not", async () => {
  const server = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    // The engine has called before: its connection is older than the first request of the provider.
    await call(client, "/pulumirpc.ResourceProvider/Create");
    const cancelled = cancelledBy(path);
    await call(client, "/pulumirpc.ResourceProvider/Create");
    expect(cancelled.aborted).toBe(false);
    await call(client, path);
    expect(cancelled.aborted).toBe(true);
    await expect(unlessCancelled(cancelled, new Promise(() => {}))).rejects.toThrow(/the run was cancelled/);
  } finally {
    client.close();
    await new Promise((resolve) => server.close(resolve));
  }
});

test("a process without such a server, or a Node that tells none, is never cancelled", () => {
  expect(cancelledBy(path).aborted).toBe(false);
  const process = globalThis.process as { _getActiveHandles?: unknown };
  const { _getActiveHandles: known } = process;
  process._getActiveHandles = undefined;
  try {
    expect(cancelledBy(path).aborted).toBe(false);
  } finally {
    process._getActiveHandles = known;
  }
});

test("a wait that nobody cancels ends as it would, well or badly", async () => {
  await expect(unlessCancelled(never, Promise.resolve())).resolves.toBeUndefined();
  await expect(unlessCancelled(never, Promise.reject(new Error("no timer")))).rejects.toThrow("no timer");
});
