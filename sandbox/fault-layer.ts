import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler, Next } from "hono";
import { belowTenant } from "./below-tenant";
import { faultAnswer } from "./fault-answer";
import type { Faults } from "./faults";
import { flood } from "./flood";
import type { Env, Services } from "./gate";
import type { History } from "./history";
import type {
  DiskFullFault,
  FaultedRequest,
  FaultRule,
  MutateFault,
  StaleReadFault,
  TruncateFault,
} from "./models/fault";
import { crash } from "./refusal";
import { Store } from "./store";
import { canWithdraw, withdraw } from "./withdrawal";

/** What faults are played with. */
export interface FaultTools {
  readonly services: Services;
  readonly faults: Faults;
  readonly history: History;
  /** How a request would be answered if this were the store. */
  readonly answerOver: (store: Store, context: Context<Env>) => Response | Promise<Response>;
}

type BodyFault = TruncateFault | MutateFault;
type TimedFault = Exclude<FaultRule, BodyFault | StaleReadFault | DiskFullFault>;

/** Plays the faults on the requests of everybody but the console. */
export function faulted(tools: FaultTools, isConsole: (context: Context) => boolean): MiddlewareHandler<Env> {
  const { faults, history, services, answerOver } = tools;
  return async (context, next) => {
    if (faults.rules.length === 0 || isConsole(context)) return next();
    const request = requestOf(context);
    const can = (rule: FaultRule) => {
      if (rule.kind === "stale-read") return request.method === "GET" && history.before(request.path) !== undefined;
      if (rule.kind === "disk-full") return isChange(request);
      return rule.kind === "withdraw" ? canWithdraw(services.store, rule) : !onBody(rule);
    };
    const rule = faults.choose(request, can);
    if (!rule || onBody(rule)) {
      await next();
      await changeBody(context, request, faults);
    } else if (rule.kind === "stale-read") {
      const before = history.before(request.path);
      if (before) replaceAnswer(context, await answerOver(new Store(before), context));
      context.set("fault", { kind: rule.kind });
    } else if (rule.kind === "disk-full") {
      replaceAnswer(context, await answerOver(new Store(structuredClone(services.store.tenant), noRoom), context));
      context.set("fault", { kind: rule.kind });
    } else {
      await playTimed(rule, context, next, tools);
    }
  };
}

function requestOf(context: Context): FaultedRequest {
  const { method, path, url } = context.req;
  return { method: method.toUpperCase(), path: belowTenant(path), query: new URL(url).search };
}

function isChange({ method, path }: FaultedRequest): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(method) && !path.startsWith("/oauth2/");
}

/** In the place of the disk. What it says is said to the client alone: nobody has to see to the disk. */
function noRoom(): never {
  throw crash();
}

function onBody(rule: FaultRule): rule is BodyFault {
  return rule.kind === "truncate" || rule.kind === "mutate";
}

/** They leave nothing of the right answer. */
const inPlaceOfAnswer: readonly FaultRule["kind"][] = ["status", "flood", "reset"];

async function playTimed(rule: TimedFault, context: Context<Env>, next: Next, tools: FaultTools): Promise<void> {
  const { kind, when = "before" } = rule;
  context.set("fault", { kind, when });
  if (when === "after") await next();
  await play(rule, context, tools);
  if (when === "before" && !inPlaceOfAnswer.includes(kind)) await next();
}

async function play(rule: TimedFault, context: Context<Env>, { services, faults }: FaultTools): Promise<void> {
  switch (rule.kind) {
    case "latency":
      return faults.wait(rule.milliseconds);
    case "status":
      // Before the new answer is made: it would take over the headers of the old one.
      context.res = undefined;
      return replaceAnswer(context, faultAnswer(context, rule));
    case "flood":
      return replaceAnswer(context, flood(rule));
    case "reset":
      return reset(context);
    case "expire-tokens":
      return services.tokens.revokeAll();
    case "withdraw":
      if (!withdraw(services, rule)) context.set("fault", undefined);
  }
}

async function changeBody(context: Context<Env>, request: FaultedRequest, faults: Faults): Promise<void> {
  if (!faults.has("truncate") && !faults.has("mutate")) return;
  const { status, headers } = context.res;
  if (!headers.get("content-type")?.includes("json")) return;
  const text = await context.res.clone().text();
  const rule = text === "" ? undefined : faults.choose(request, onBody);
  if (!rule || !onBody(rule)) return;
  context.set("fault", { kind: rule.kind, when: "after" });
  const body = rule.kind === "truncate" ? truncated(text, rule.bytes) : mutated(text, rule, request);
  replaceAnswer(context, new Response(body, { status, headers }));
}

function truncated(text: string, bytes: number | undefined): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(Buffer.from(text));
  return whole.slice(0, Math.min(bytes ?? Math.floor(whole.length / 2), whole.length - 1));
}

function mutated(text: string, { mutate }: MutateFault, request: FaultedRequest): string | undefined {
  return JSON.stringify(mutate(JSON.parse(text), request));
}

/** Puts an answer in the place of another, of which not even the headers are kept. */
function replaceAnswer(context: Context<Env>, response: Response): void {
  context.res = undefined;
  context.res = response;
}

function reset(context: Context<Env>): void {
  const { socket } = context.env.incoming;
  replaceAnswer(context, RESPONSE_ALREADY_SENT);
  // The request has to be in the log before its client can know.
  setImmediate(() => {
    if (!socket.destroyed) socket.resetAndDestroy();
  });
}
