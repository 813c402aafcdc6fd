import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo, Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const cleanUps: (() => unknown)[] = [];

/** Something to be done after the test, in reverse order. */
export function afterTest(cleanUp: () => unknown): void {
  cleanUps.push(cleanUp);
}

/** Does what is to be done after a test: give it to `afterEach`. */
export async function cleanedUp(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
}

/** Host and port of a server that listens at 127.0.0.1 until the end of the test. */
export async function listening(server: TcpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterTest(() => new Promise((resolve) => server.close(resolve)));
  if ("closeAllConnections" in server) afterTest(() => (server as Server).closeAllConnections());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A folder that is removed after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-test-"));
  afterTest(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
