import * as pulumi from "@pulumi/pulumi";
import { getApplication } from "../../provider";
import { path } from "../../provider/api/path";
import { Provision } from "../../provider/service";
import { type Asked, client, type HostileServer, type Reply, wordsOf } from "../support/hostile-server";

/** The secret that the program knows by its state alone: the server has made it. */
export const generated = "kQ7vXw2ZpLr9TnB4sYd8_HgF1cMjA3eU6oRt";

const id = "5f0c9e2a-3b1d-4c7e-9a8f-0d1e2f3a4b5c";
const oidc = { grantTypes: ["client_credentials"], clientId: "shop-client" };
const args = { name: "Shop", oidc };
const state = { ...args, clientId: "shop-client", clientSecret: generated, issuer: "https://issuer.example.com" };
const changed = { ...args, oidc: { ...oidc, callbackUrls: ["https://shop.example.com"] } };
const shop = { id, name: "Shop", clientId: "shop-client", access: "WRITE" };
const isClient = ({ path }: Asked) => path.endsWith("/inbound-protocols/oidc");
const isToken = ({ path }: Asked) => path.endsWith("/oauth2/token");
const trace = "9f2c-1b";

/** A place where words of the server are shown: what it answers, and all that the user sees then. */
type Place = (server: HostileServer, form: string) => Promise<string>;

/** Words that the server says beside the secret. */
const around = (form: string) => `Invalid value ${form} in the request.`;

const lives: readonly [Asked["method"], (asked: Asked) => boolean, Reply][] = [
  ["GET", isClient, { status: 200, body: { clientId: "shop-client", clientSecret: generated, grantTypes: [] } }],
  ["GET", ({ path }) => path.endsWith(`/applications/${id}`), { status: 200, body: shop }],
  ["GET", ({ path }) => path.includes("/applications"), { status: 200, body: { totalResults: 0, applications: [] } }],
];

/** A tenant in which all goes well, but for what the test says. */
function tenant(server: HostileServer, special: (asked: Asked) => Reply | undefined): void {
  server.reply = (asked) =>
    special(asked) ??
    lives.find(([method, fits]) => asked.method === method && fits(asked))?.[2] ??
    (isToken(asked) ? undefined : { status: 204 });
}

const update = ({ lifecycle, said }: ReturnType<typeof client>) =>
  wordsOf(said, () => lifecycle("Application").update(id, state, changed));
const refresh = ({ lifecycle, said }: ReturnType<typeof client>) =>
  wordsOf(said, () => lifecycle("Application").read(id, state));
const preview = ({ lifecycle, said }: ReturnType<typeof client>, more: object = {}) =>
  wordsOf(said, () =>
    lifecycle("Application").preflight({}, { ...args, ...more, oidc: { ...oidc, clientSecret: generated } }),
  );
const create = ({ lifecycle, said }: ReturnType<typeof client>) =>
  wordsOf(said, () => lifecycle("Application").create({ ...args, oidc: { ...oidc, clientSecret: generated } }));

/** The words of a refusal of the management APIs. */
const refused = (body: object, status = 400): Reply => ({
  status,
  body: { code: "APP-60001", traceId: trace, ...body },
});

const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];

function scim(server: HostileServer, body: object): Promise<string> {
  tenant(server, ({ path }) =>
    path.includes("/scim2/") ? { status: 400, body: { schemas, status: "400", ...body } } : undefined,
  );
  const { api, said } = client(server);
  api.keepSecret(generated);
  return wordsOf(said, () => api.post(path`/scim2/v2/Roles`, { displayName: "Clerk" }));
}

function token(server: HostileServer, status: number, body: object): Promise<string> {
  tenant(server, (asked) => (isToken(asked) ? { status, body } : undefined));
  return update(client(server));
}

/** In all of them, the secret is known by state or args, or the client signs in with it. */
export const places: Readonly<Record<string, Place>> = {
  "the description of a refused PUT of a client": (server, form) => {
    tenant(server, (asked) => (asked.method === "PUT" ? refused({ description: around(form) }) : undefined));
    return update(client(server));
  },
  "the message of a refused PUT of a client": (server, form) => {
    tenant(server, (asked) => (asked.method === "PUT" ? refused({ message: around(form) }) : undefined));
    return update(client(server));
  },
  "a refused GET of a client": (server, form) => {
    tenant(server, (asked) => (isClient(asked) ? refused({ description: around(form) }, 500) : undefined));
    return refresh(client(server));
  },
  "a refused GET of the application, while that of its client is answered": (server, form) => {
    tenant(server, (asked) => (asked.path.endsWith(id) ? refused({ description: around(form) }, 500) : undefined));
    const { clientSecret: _, ...rest } = state;
    const { lifecycle, said } = client(server);
    return wordsOf(said, () => lifecycle("Application").read(id, rest));
  },
  "the code of an error": (server, form) => {
    tenant(server, (asked) => (isClient(asked) ? refused({ code: form, description: "Bad." }) : undefined));
    return refresh(client(server));
  },
  "the trace id of an error": (server, form) => {
    tenant(server, (asked) => (isClient(asked) ? refused({ traceId: form, description: "Bad." }) : undefined));
    return refresh(client(server));
  },
  "the detail of an error of SCIM": (server, form) => scim(server, { detail: around(form) }),
  "the keyword of an error of SCIM": (server, form) => scim(server, { scimType: form, detail: "Bad." }),
  "the error of a token": (server, form) => token(server, 400, { error: form, error_description: "Bad." }),
  "the description of a refused token": (server, form) =>
    token(server, 400, { error: "invalid_request", error_description: around(form) }),
  "the description of a refused client": (server, form) =>
    token(server, 401, { error: "invalid_client", error_description: around(form) }),
  "the id of a new object": (server, form) => {
    const location = `/api/server/v1/applications/${encodeURIComponent(Buffer.from(form).toString())}`;
    tenant(server, (asked) => {
      if (asked.method === "POST" && !isToken(asked)) return { status: 201, headers: { location } };
      return isClient(asked) ? { status: 500 } : undefined;
    });
    return create(client(server));
  },
  "the content type of an answer": (server, form) => {
    const type = `application/${form.replace(/[^\w.+-]/g, "")}`;
    tenant(server, (asked) =>
      isClient(asked) ? { status: 200, body: "no JSON", headers: { "content-type": type } } : undefined,
    );
    return refresh(client(server));
  },
  "the name of an object in a conflict": (server, form) => {
    const item = { id, name: form, clientId: "shop-client" };
    tenant(server, ({ method, path }) => {
      if (method === "POST" && path.endsWith("/applications")) return refused({ description: "Taken." }, 409);
      return path.includes("clientId") ? { status: 200, body: { totalResults: 1, applications: [item] } } : undefined;
    });
    return create(client(server));
  },
  "the object that a preview would adopt": (server, form) => {
    tenant(server, ({ path }) => {
      if (path.endsWith(id)) return { status: 200, body: { ...shop, description: around(form), accessUrl: form } };
      return /\/applications\?/.test(path)
        ? { status: 200, body: { totalResults: 1, applications: [shop] } }
        : undefined;
    });
    return preview(client(server), { adopt: true, description: "Ours", accessUrl: "https://shop.example.com" });
  },
  "the failure of a preview": (server, form) => {
    tenant(server, ({ path }) => (/\/applications\?/.test(path) ? refused({ description: around(form) }) : undefined));
    return preview(client(server));
  },
  "a request that is repeated in vain": (server, form) => {
    tenant(server, (asked) => (isClient(asked) ? refused({ description: around(form) }, 503) : undefined));
    return refresh(client(server));
  },
  "the provider's process": async (server, form) => {
    tenant(server, (asked) => (asked.method === "PUT" ? refused({ description: around(form) }) : undefined));
    const { settings } = client(server);
    const said: string[] = [];
    const provision = new Provision({
      config: () => (key: string) => settings[key.replace("asgardeo:", "")],
      say: (text) => void said.push(text),
    });
    const failed = await provision
      .resource("Application")
      ?.update(id, state, changed)
      .catch((error: unknown) => error);
    return [...said, provision.reason(failed)].join("\n");
  },
  "a look-up of a program": async (server, form) => {
    const { settings } = client(server);
    // The only secret that a program has to do with here is that with which it signs in.
    const config = { ...settings, clientSecret: generated, requestsPerMinute: "100000" };
    pulumi.runtime.setAllConfig(
      Object.fromEntries(Object.entries(config).map(([name, value]) => [`asgardeo:${name}`, String(value)])),
    );
    tenant(server, ({ path }) => (path.includes("/applications") ? refused({ description: around(form) }) : undefined));
    return wordsOf([], () => getApplication({ name: "Shop" }));
  },
};
