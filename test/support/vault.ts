import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A vault for the example that writes to one: the two requests of Vault's key/value store that it sends, and no more. */
export interface FakeVault {
  /** What a program has to know of it. */
  readonly env: { readonly VAULT_ADDR: string; readonly VAULT_TOKEN: string };
  /** What is in it, by path. */
  readonly secrets: Map<string, unknown>;
  close(): Promise<void>;
}

export async function startVault(): Promise<FakeVault> {
  const token = "a-vault-token";
  const secrets = new Map<string, unknown>();
  const server = createServer(async (request, response) => {
    const end = (status: number) => response.writeHead(status).end();
    const chunks = await request.toArray();
    const [, store, kind, path] = /^\/v1\/([^/]+)\/(data|metadata)\/(.+)$/.exec(request.url ?? "") ?? [];
    if (request.headers["x-vault-token"] !== token) return end(403);
    if (request.method === "POST" && kind === "data") {
      secrets.set(`${store}/${path}`, JSON.parse(Buffer.concat(chunks).toString()).data);
      return response.writeHead(200, { "content-type": "application/json" }).end("{}");
    }
    if (request.method === "DELETE" && kind === "metadata") {
      secrets.delete(`${store}/${path}`);
      return end(204);
    }
    return end(404);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    env: { VAULT_ADDR: `http://127.0.0.1:${port}`, VAULT_TOKEN: token },
    secrets,
    close: () =>
      new Promise((done, fail) => {
        server.closeAllConnections();
        server.close((error) => (error ? fail(error) : done()));
      }),
  };
}
