import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { ServiceError } from "@grpc/grpc-js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type * as messages from "pulumi-sdk-newest/proto/provider_pb";
import { installPackage, type Sdk } from "./installed-package";

type Grpc = typeof import("@grpc/grpc-js");
type Structs = typeof import("google-protobuf/google/protobuf/struct_pb");
type Messages = typeof import("pulumi-sdk-newest/proto/provider_pb");
type Services = typeof import("pulumi-sdk-newest/proto/provider_grpc_pb");
type Statuses = typeof import("pulumi-sdk-newest/proto/status_pb");
type Client = InstanceType<Services["ResourceProviderClient"]>;

/** Properties as Pulumi sends them. A value that is undefined has no form on its wire. */
export type Properties = Record<string, unknown>;

/** What Pulumi sends in place of a text that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A call that the provider refused. */
export class RpcError extends Error {
  constructor(
    message: string,
    /** What the engine is to record although the call failed. */
    readonly partial: { id: string; properties: Properties; reasons: string[] } | undefined,
  ) {
    super(message);
  }
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export interface Diffed {
  readonly changes: "unknown" | "none" | "some";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface Read {
  /** Empty where the object is gone. */
  readonly id: string;
  readonly properties: Properties;
  /** Undefined where the answer has none. */
  readonly inputs: Properties | undefined;
}

/** The text that the program leaves in state: frozen, so it is written down here once more. */
export function providerText(type: string): string {
  return `exports.handler=()=>require("pulumi-asgardeo/runtime").provider("${type}")`;
}

const changes = ["unknown", "none", "some"] as const;

/** The modules of one release of the SDK. */
interface Loaded {
  readonly grpc: Grpc;
  readonly structs: Structs;
  readonly messages: Messages;
  readonly services: Services;
  readonly statuses: Statuses;
}

/** Two releases share global names, so a test file can load only one. */
function load(sdk: Sdk): Loaded {
  const from = createRequire(resolve(__dirname, "..", "..", "node_modules", sdk, "package.json"));
  return {
    grpc: from("@grpc/grpc-js"),
    structs: from("google-protobuf/google/protobuf/struct_pb.js"),
    messages: from("./proto/provider_pb.js"),
    services: from("./proto/provider_grpc_pb.js"),
    statuses: from("./proto/status_pb.js"),
  };
}

export interface StartOptions {
  readonly sdk: Sdk;
  /** The environment; nothing is inherited but what Node needs. */
  readonly env?: Record<string, string>;
}

/** The SDK's own provider process, spoken to as the engine does: gRPC with plain values in and out. */
export class DynamicProvider {
  #stderr = "";
  #stdout = "";
  readonly #loaded: Loaded;
  #client: Client | undefined;

  private constructor(
    sdk: Sdk,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {
    this.#loaded = load(sdk);
  }

  /** Starts it in a project of its own that has the built package and this SDK. */
  static async start({ sdk, env = {} }: StartOptions): Promise<DynamicProvider> {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-asgardeo-contract-"));
    installPackage(folder, sdk);
    const script = join(folder, "node_modules", "@pulumi", "pulumi", "cmd", "dynamic-provider", "index.js");
    const child = spawn(process.execPath, [script, "127.0.0.1:1"], {
      cwd: folder,
      env: { PATH: process.env.PATH, PULUMI_PROJECT: "contract", PULUMI_NODEJS_PROJECT: "contract", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const provider = new DynamicProvider(sdk, folder, child);
    await provider.#listening();
    return provider;
  }

  /** All that it has written to stderr, which Pulumi shows to the user. */
  get stderr(): string {
    return this.#stderr;
  }

  /** All that it has written to stdout after its port, which Pulumi shows to the user. */
  get stdout(): string {
    return this.#stdout.slice(this.#stdout.indexOf("\n") + 1);
  }

  /** The first line says the port. */
  async #listening(): Promise<void> {
    const { stdout, stderr } = this.child;
    stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr += text;
    });
    const port = await new Promise<string>((done, fail) => {
      stdout?.setEncoding("utf8").on("data", (text: string) => {
        this.#stdout += text;
        const [line, rest] = this.#stdout.split("\n", 2);
        if (line !== undefined && rest !== undefined) done(line);
      });
      this.child.once("error", fail);
      this.child.once("close", (code) => fail(new Error(`the provider process ended (${code}):\n${this.#stderr}`)));
    });
    const { grpc, services } = this.#loaded;
    this.#client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  /** Ends the process and deletes its project. */
  async stop(): Promise<void> {
    this.#client?.close();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const closed = new Promise((done) => this.child.once("close", done));
      this.child.kill("SIGKILL");
      await closed;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The settings: the stack's configuration, or the inputs of an explicit provider. */
  async configure(config: Record<string, string>): Promise<void> {
    const request = new this.#loaded.messages.ConfigureRequest();
    request.setArgs(this.#struct(config));
    await this.#call<messages.ConfigureResponse>((client, done) => client.configure(request, done));
  }

  async check(type: string, news: Properties, olds: Properties = {}): Promise<Checked> {
    const request = new this.#loaded.messages.CheckRequest();
    request.setOlds(this.#struct(olds));
    request.setNews(this.#withProvider(type, news));
    const answer = await this.#call<messages.CheckResponse>((client, done) => client.check(request, done));
    const failures = answer.getFailuresList().map((f) => ({ property: f.getProperty(), reason: f.getReason() }));
    return { inputs: answer.getInputs()?.toJavaScript() ?? {}, failures };
  }

  /** `olds` are the properties in state, `news` the checked inputs. */
  async diff(type: string, id: string, olds: Properties, news: Properties): Promise<Diffed> {
    const request = new this.#loaded.messages.DiffRequest();
    request.setId(id);
    request.setOlds(this.#withProvider(type, olds));
    request.setNews(this.#withProvider(type, news));
    const answer = await this.#call<messages.DiffResponse>((client, done) => client.diff(request, done));
    return {
      changes: changes[answer.getChanges()] ?? "unknown",
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  }

  async create(type: string, inputs: Properties): Promise<{ id: string; properties: Properties }> {
    const request = new this.#loaded.messages.CreateRequest();
    request.setProperties(this.#withProvider(type, inputs));
    const answer = await this.#call<messages.CreateResponse>((client, done) => client.create(request, done));
    return { id: answer.getId(), properties: answer.getProperties()?.toJavaScript() ?? {} };
  }

  /** A refresh: `state` are the properties in state. */
  read(type: string, id: string, state: Properties): Promise<Read> {
    const request = new this.#loaded.messages.ReadRequest();
    request.setId(id);
    request.setProperties(this.#withProvider(type, state));
    return this.#read(request);
  }

  /** A look-up by id alone. Newer engines send the inputs and no properties. */
  readById(type: string, id: string, as: "properties" | "inputs"): Promise<Read> {
    const request = new this.#loaded.messages.ReadRequest();
    request.setId(id);
    if (as === "properties") request.setProperties(this.#withProvider(type, {}));
    else request.setInputs(this.#withProvider(type, {}));
    return this.#read(request);
  }

  async #read(request: messages.ReadRequest): Promise<Read> {
    const answer = await this.#call<messages.ReadResponse>((client, done) => client.read(request, done));
    return {
      id: answer.getId(),
      properties: answer.getProperties()?.toJavaScript() ?? {},
      inputs: answer.getInputs()?.toJavaScript(),
    };
  }

  async update(type: string, id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new this.#loaded.messages.UpdateRequest();
    request.setId(id);
    request.setOlds(this.#withProvider(type, olds));
    request.setNews(this.#withProvider(type, news));
    const answer = await this.#call<messages.UpdateResponse>((client, done) => client.update(request, done));
    return answer.getProperties()?.toJavaScript() ?? {};
  }

  async delete(type: string, id: string, state: Properties): Promise<void> {
    const request = new this.#loaded.messages.DeleteRequest();
    request.setId(id);
    request.setProperties(this.#withProvider(type, state));
    await this.#call<Empty>((client, done) => client.delete(request, done));
  }

  #withProvider(type: string, properties: Properties) {
    return this.#struct({ __provider: providerText(type), ...properties });
  }

  #struct(properties: Properties) {
    // Its type asks for values that JSON has; the test's properties are such values.
    return this.#loaded.structs.Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));
  }

  #call<Answer>(
    start: (client: Client, done: (error: ServiceError | null, answer: Answer) => void) => void,
  ): Promise<Answer> {
    const client = this.#client;
    if (!client) throw new Error("the provider process does not listen");
    return new Promise((done, fail) => {
      start(client, (error, answer) => (error ? fail(this.#rpcError(error)) : done(answer)));
    });
  }

  #rpcError({ details, metadata }: ServiceError): RpcError {
    const [bytes] = metadata.get("grpc-status-details-bin");
    if (!(bytes instanceof Buffer)) return new RpcError(details, undefined);
    const [detail] = this.#loaded.statuses.Status.deserializeBinary(bytes).getDetailsList();
    const { ErrorResourceInitFailed } = this.#loaded.messages;
    const failed = detail && ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
    return new RpcError(
      details,
      failed && {
        id: failed.getId(),
        properties: failed.getProperties()?.toJavaScript() ?? {},
        reasons: failed.getReasonsList(),
      },
    );
  }
}
