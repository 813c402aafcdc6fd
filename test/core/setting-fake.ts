import { z } from "zod";
import { Api } from "../../provider/api/api";
import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import type { ApiRequest } from "../../provider/api/token";
import type { Lifecycle, Surroundings } from "../../provider/core/operations";
import { Run } from "../../provider/core/run";
import { argsOf } from "../../provider/core/schema";
import type { SettingDefinition } from "../../provider/core/setting";
import { settingLifecycle } from "../../provider/core/setting-lifecycle";
import { answer } from "../support/client";
import { Managed } from "../support/managed";

/** The look of the login page: one for the tenant, and one for each application. */
export interface LookArgs {
  readonly application?: string;
  readonly title?: string;
  readonly colors?: string[];
  readonly mail?: { readonly host: string; readonly password: string };
}

export interface LookOutputs {
  readonly version: number;
}

export type Look = SettingDefinition<LookArgs, LookOutputs>;

/** As the tenant has it: what nobody has set is not there. */
export type Live = Record<string, unknown>;

const text = z.string().min(1, "is empty");
const wire = z.looseObject({ version: z.number() });
const at = (id: string) => path`/api/server/v1/branding-preference/${id}`;

/** Of the shape of the branding: a 404 where it was never set, and a PUT that replaces all of it. */
export const look: Look = {
  type: "Look",
  args: argsOf<LookArgs>()({
    application: text.optional(),
    title: text.optional(),
    colors: z.array(text).optional(),
    mail: z.strictObject({ host: text, password: text }).optional(),
  }),
  outputs: ["version"],
  replaceOn: ["application"],
  secrets: [],
  secretArgs: ["mail.password"],
  needs: {
    read: ["internal_application_mgt_view"],
    write: ["internal_application_mgt_update"],
    reset: ["internal_application_mgt_delete"],
    optionalView: ["internal_application_mgt_client_secret_view"],
  },
  id: ({ application }) => `look:${application ?? "tenant"}`,
  async read(api, id, state) {
    const found = await api.find(at(id), wire);
    if (!found) return undefined;
    const { version, ...args } = found;
    const [, application] = id.split(":");
    const isLookUp = Object.keys(state.args).length === 0;
    return { args: { ...args, ...(isLookUp && application !== "tenant" && { application }) }, outputs: { version } };
  },
  async put(api, args, state) {
    const { application, ...wanted } = args;
    const id = look.id(args);
    const live: Live = { ...(await api.find(at(id), wire)) };
    for (const name of Object.keys(state?.args ?? {})) delete live[name];
    const version = Number(live.version ?? 0) + 1;
    await api.put(at(id), { ...live, ...wanted, version });
    return { version };
  },
  reset: (api, { args: { application } }) => api.delete(at(look.id({ application }))),
};

/** A tenant with looks in it, by their ids. */
export class LookTenant {
  readonly live = new Map<string, Live>();
  readonly sent: ApiRequest[] = [];

  constructor(readonly base = "http://127.0.0.1") {}

  get requests(): string[] {
    return this.sent.map(({ method, path: { text } }) => `${method} ${idIn(text)}`);
  }

  readonly send = Object.assign(async (request: ApiRequest) => this.answer(request), { require: async () => {} });

  private answer(request: ApiRequest) {
    this.sent.push(request);
    const id = idIn(request.path.text);
    const found = this.live.get(id);
    if (request.method === "PUT") this.live.set(id, JSON.parse(request.body ?? ""));
    else if (!found)
      return answer(404, { code: "BPM-60002", message: "none", description: "There is none.", traceId: "" });
    if (request.method === "DELETE") this.live.delete(id);
    return request.method === "GET" ? answer(200, found) : answer(204);
  }
}

const idIn = (text: string) => decodeURIComponent(text.split("/").at(-1) ?? "");

/** A run of Pulumi's on a tenant. */
export class LookRun {
  readonly said: string[] = [];
  readonly run = new Run((line) => void this.said.push(line));
  readonly definition: Look;
  readonly lifecycle: Lifecycle;

  constructor(
    readonly tenant: LookTenant,
    { isReadOnly = false, ...other }: Partial<Look> & { readonly isReadOnly?: boolean } = {},
  ) {
    this.definition = { ...look, ...other };
    const api = Api.over(tenant.send, tenant.base, new Secrets());
    const surroundings: Surroundings = { api: () => api, run: this.run, isReadOnly: () => isReadOnly };
    this.lifecycle = settingLifecycle(this.definition, surroundings);
  }

  /** A resource that is not in the state yet. */
  resource(): Managed {
    return new Managed(this.lifecycle);
  }

  /** A resource of an earlier run. */
  again({ id, state, inputs }: Managed): Managed {
    return Object.assign(this.resource(), { id, state, inputs });
  }
}

/** The args of a resource with this name in the program. */
export function named<T extends object>(name: string, args: T): T & { readonly __logicalName: string } {
  return { ...args, __logicalName: name };
}
