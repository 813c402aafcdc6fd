import { type Context, Hono } from "hono";
import { type Env, needs, type Services } from "../gate";
import { organizationLimit } from "../organization/list";
import { Refusal } from "../refusal";
import type { AsyncOperation, UnitOperation } from "../sharing/collection";

/** /async-operations: what the server has done, or is doing, behind its answers. */
export function asyncOperationRoutes({ store }: Services): Hono<Env> {
  const routes = new Hono<Env>();
  const view = needs("internal_async_operation_status_view");
  const base = `/t/${store.tenant.organization}/api/server/v1/async-operations`;

  routes.get("/", view, (context) => {
    const matches = filterOf<AsyncOperation>(context.req.query("filter"));
    return listed(context, base, "operations", ofCaller().filter(matches).reverse().map(answerOf));
  });

  routes.get("/:operationId", view, (context) => {
    const operation = found(context.req.param("operationId"));
    return operation ? context.json(answerOf(operation)) : context.body(null, 404);
  });

  routes.get("/:operationId/unit-operations", view, (context) => {
    const id = context.req.param("operationId");
    const matches = filterOf<UnitOperation>(context.req.query("filter"));
    const units = (found(id)?.units ?? []).filter(matches).reverse();
    return listed(context, `${base}/${id}/unit-operations`, "unitOperations", units);
  });

  routes.get("/:operationId/unit-operations/:unitId", view, (context) => {
    const { operationId, unitId } = context.req.param();
    const unit = found(operationId)?.units.find(({ unitOperationId }) => unitOperationId === unitId);
    return unit ? context.json(unit) : context.body(null, 404);
  });

  function ofCaller(): AsyncOperation[] {
    return store.tenant.asyncOperations.filter(({ initiatedOrgId }) => initiatedOrgId === store.organizationId);
  }

  function found(id: string): AsyncOperation | undefined {
    return ofCaller().find(({ operationId }) => operationId === id);
  }

  function answerOf({ units, ...operation }: AsyncOperation): object {
    const count = (status: UnitOperation["status"]) => units.filter((unit) => unit.status === status).length;
    return {
      ...operation,
      unitOperationDetail: {
        ref: `${base}/${operation.operationId}/unit-operations`,
        summary: { success: count("SUCCESS"), failed: count("FAILED"), partiallyCompleted: 0 },
      },
    };
  }

  return routes;
}

/** A page of a list, newest first; a cursor is the place of an item in it. An empty list has no members. */
function listed(context: Context<Env>, base: string, member: string, all: readonly object[]): Response {
  const { limit: asked, after, before } = context.req.query();
  if (asked !== undefined && Number(asked) <= 0) {
    throw new Refusal(400, "ASYNC-STATUS-60003", "Invalid limit.", "The limit must be greater than 0.");
  }
  const limit = organizationLimit(asked);
  const start = before ? Math.max(place(before) - limit, 0) : after ? place(after) + 1 : 0;
  const page = all.slice(start, before ? place(before) : start + limit);
  if (page.length === 0) return context.json({});
  const end = start + page.length;
  const link = (rel: string, name: string, at: number) => ({
    href: `${base}?limit=${limit}&${name}=${Buffer.from(String(at)).toString("base64")}`,
    rel,
  });
  const links = [
    ...(start > 0 ? [link("previous", "before", start)] : []),
    ...(end < all.length ? [link("next", "after", end - 1)] : []),
  ];
  return context.json({ links, [member]: page });
}

function place(cursor: string): number {
  const decoded = Buffer.from(cursor, "base64").toString("latin1");
  if (/^\d+$/.test(decoded)) return Number(decoded);
  throw new Refusal(400, "ASYNC-STATUS-60004", "Invalid cursor.", "The cursor is not valid.");
}

/** Conditions joined by `and`, each on a member that is a text. */
function filterOf<R extends object>(text: string | undefined): (record: R) => boolean {
  if (!text?.trim()) return () => true;
  const conditions = text.split(/\s+and\s+/i).map((part) => {
    const [, attribute = "", operator = "", value = ""] = /^\s*(\S+)\s+(eq|ne|co|sw|ew)\s+(.+?)\s*$/i.exec(part) ?? [];
    if (attribute === "") {
      throw new Refusal(400, "ASYNC-STATUS-60001", "Invalid filter.", `The filter: ${text} is not valid.`);
    }
    return { attribute, operator: operator.toLowerCase(), value };
  });
  return (record) => {
    const members = new Map<string, unknown>(Object.entries(record));
    return conditions.every(({ attribute, operator, value }) => {
      const actual = String(members.get(attribute) ?? "");
      if (operator === "eq") return actual === value;
      if (operator === "ne") return actual !== value;
      if (operator === "co") return actual.includes(value);
      return operator === "sw" ? actual.startsWith(value) : actual.endsWith(value);
    });
  };
}
