import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as tls from "node:tls";
import { trusting } from "../../provider/api/trust";
import { certificate, ifOpenssl } from "../support/certificates";
import { cleanedUp, folder, listening } from "../support/clean-up";

jest.setTimeout(60_000);
afterEach(cleanedUp);

const [one = "", two = ""] = tls.rootCertificates;

test("what Node.js trusts is trusted too: a certificate of the settings takes nothing away", () => {
  const { ca = [] } = trusting(["mine", "and mine"]);
  expect(ca).toEqual(expect.arrayContaining(["mine", "and mine", one, two]));
  expect(trusting([]).ca).toBeUndefined();
  expect([trusting(["mine"]), trusting()]).toMatchObject([{ rejectUnauthorized: true }, { rejectUnauthorized: true }]);
});

test("a release of Node.js that tells what it trusts is believed, such as of the system's certificates", () => {
  const newer = Object.assign({ ...tls }, { getCACertificates: (type: string) => [`${type} of the system`] });
  jest.isolateModules(() => {
    jest.doMock("node:tls", () => newer);
    const fresh: { trusting: typeof trusting } = require("../../provider/api/trust");
    expect(fresh.trusting(["mine"]).ca).toEqual(["default of the system", "mine"]);
  });
  jest.dontMock("node:tls");
});

/** What a process with these certificates says of a server: the status of its answer, or what is wrong. */
async function visit(port: string, env: Record<string, string>): Promise<string> {
  const dist = (name: string) => JSON.stringify(join(__dirname, "..", "..", "dist", "provider", name));
  const script = `
    const { agent, overHttp } = require(${dist("api/http.js")});
    const { settingsFrom } = require(${dist("settings.js")});
    const { certificates } = settingsFrom(() => undefined);
    overHttp(agent({ certificates }), 30)({ method: "GET", url: "https://${port}/" }).then(
      ({ status }) => console.log(status), (error) => console.log(error.failure),
    ).finally(() => process.exit());
  `;
  const given = { ASGARDEO_ORGANIZATION: "acme", ASGARDEO_CLIENT_ID: "me", ASGARDEO_CLIENT_SECRET: "hush" };
  const child = spawn(process.execPath, ["-e", script], {
    env: { ...given, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  return (await text(child.stdout)).trim();
}

ifOpenssl("caFile and NODE_EXTRA_CA_CERTS count both, each certificate of both", async () => {
  const [first, second, third] = [1, 2, 3].map(() => certificate("IP:127.0.0.1"));
  if (!first || !second || !third) throw new Error("no certificates");
  const both = join(folder(), "both.pem");
  writeFileSync(both, `${first.cert}${second.cert}`.replaceAll("\n", "\r\n"));
  const at = async ({ key, cert }: typeof first) =>
    listening(createServer({ key, cert }, (_, response) => response.end()));
  const env = { ASGARDEO_CA_FILE: both, NODE_EXTRA_CA_CERTS: third.certFile };
  expect(await Promise.all([first, second, third].map(async (one) => visit(await at(one), env)))).toEqual([
    "200",
    "200",
    "200",
  ]);
  expect(await visit(await at(third), { ASGARDEO_CA_FILE: both })).toBe("tls");
  expect(await visit(await at(first), { NODE_EXTRA_CA_CERTS: third.certFile })).toBe("tls");
});
