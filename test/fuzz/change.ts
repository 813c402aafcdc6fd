import * as fc from "fast-check";
import { type Form, forms, refusalWith } from "./echo";
import { denial, type Hostile, listLie, twisted } from "./hostile";
import { LIE, locations, longLie, names, texts, type Value, values } from "./values";

/** An answer on its way from the server to the provider. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One thing that is wrong with an answer. */
export type Change =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "hostile"; readonly how: Hostile }
  /** A refusal that repeats a secret of the request. */
  | { readonly kind: "echo"; readonly form: Form }
  | { readonly kind: "cut"; readonly share: number }
  | { readonly kind: "page" }
  | { readonly kind: "header"; readonly name: "location" | "content-type"; readonly value: string | undefined }
  | { readonly kind: "status"; readonly status: number }
  /** For tests of one thing: what to make of a document, which is left alone where the function answers undefined. */
  | {
      readonly kind: "edit";
      readonly edit: (document: Record<string, unknown>) => object | undefined;
      readonly status?: number;
    }
  /** The place is a number: so many members into the document, counted from its root. */
  | { readonly kind: "remove"; readonly place: number }
  | { readonly kind: "replace"; readonly place: number; readonly by: Value }
  | { readonly kind: "wrap"; readonly place: number; readonly as: "list" | "object" }
  | { readonly kind: "repeat"; readonly place: number }
  | { readonly kind: "add"; readonly place: number; readonly name: string; readonly value: Value };

/** The answers of one operation that are changed: the first one by its number, and all that follow if `stays` is set. */
export interface Plan {
  readonly answer: number;
  readonly stays: boolean;
  readonly change: Change;
}

const place = fc.nat(400);
const value = fc.constantFrom(...(Object.keys(values) as Value[]));

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("replace" as const), place, by: value }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("remove" as const), place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("wrap" as const),
      place,
      as: fc.constantFrom("list" as const, "object" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("repeat" as const), place }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("add" as const), place, name: fc.constantFrom(...names), value }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("hostile" as const), how: listLie }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("text" as const), text: fc.constantFrom(...texts) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), share: fc.double({ min: 0, max: 0.99 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "page" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("header" as const),
      name: fc.constant("location" as const),
      value: fc.constantFrom(...locations),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("header" as const),
      name: fc.constant("content-type" as const),
      value: fc.constantFrom(undefined, "", "text/html", "text/plain", longLie.slice(0, 2000)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("status" as const),
      status: fc.constantFrom(200, 202, 301, 400, 401, 403, 404, 409, 418, 500, 503, 599),
    }),
  },
);

/**
 * What is to go wrong: as a rule one answer; now and then all from one on, as with another server altogether, or with one
 * that denies what it has.
 */
export const plan: fc.Arbitrary<Plan> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      answer: fc.constant(0),
      stays: fc.constant(true),
      change: fc.record({
        kind: fc.constant("echo" as const),
        form: fc.constantFrom(...(Object.keys(forms) as Form[])),
      }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ answer: fc.nat(5), stays: fc.boolean(), change }) },
  {
    weight: 1,
    arbitrary: fc.record({
      answer: fc.constant(0),
      stays: fc.constant(true),
      change: fc.record({ kind: fc.constant("hostile" as const), how: denial }),
    }),
  },
);

/** The answer with the change made. One that does not fit the answer changes nothing. */
export function changed(answer: Answer, change: Change, request = ""): Answer {
  switch (change.kind) {
    case "text":
      return { ...answer, text: change.text };
    case "echo": {
      const text = refusalWith(request, change.form);
      return text === undefined ? answer : { ...answer, status: 400, text };
    }
    case "hostile":
      return twisted(answer, change.how);
    case "cut":
      return { ...answer, text: answer.text.slice(0, Math.floor(answer.text.length * change.share)) };
    case "page":
      return { ...answer, headers: { "content-type": "text/html" }, text: `<html><body>${LIE}</body></html>` };
    case "header": {
      const { [change.name]: _, ...rest } = answer.headers;
      return { ...answer, headers: change.value === undefined ? rest : { ...rest, [change.name]: change.value } };
    }
    case "status":
      return { ...answer, status: change.status };
    case "edit": {
      const edited = answer.text === "" ? undefined : change.edit(JSON.parse(answer.text));
      return edited ? { ...answer, status: change.status ?? answer.status, text: JSON.stringify(edited) } : answer;
    }
    default:
      return answer.text === "" ? answer : { ...answer, text: changedJson(answer.text, change) };
  }
}

type JsonChange = Extract<Change, { place: number }>;

/** A value with its mark in the document, which stands for a text that is no JSON value of JavaScript's. */
const mark = "\u0001mark\u0001";

function changedJson(text: string, change: JsonChange): string {
  const root = { document: JSON.parse(text) as unknown };
  const places = placesIn(root);
  const at = places[change.place % places.length];
  if (!at) return text;
  const { parent, key } = at;
  const old = parent[key];
  let raw = "";
  switch (change.kind) {
    case "replace":
      parent[key] = mark;
      raw = values[change.by];
      break;
    case "remove":
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      break;
    case "wrap":
      parent[key] = change.as === "list" ? [old] : { value: old };
      break;
    case "repeat":
      if (Array.isArray(old)) old.push(...old);
      break;
    case "add": {
      raw = values[change.value];
      const target = isObject(old) ? old : parent;
      // An assignment would set the prototype.
      if (isObject(target))
        Object.defineProperty(target, change.name, {
          value: mark,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      break;
    }
  }
  // A function, because texts have characters that mean something in a replacement.
  return (JSON.stringify(root.document) ?? "").replace(JSON.stringify(mark), () => raw);
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

function placesIn(root: Record<string, unknown>): Place[] {
  const found: Place[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const parent = value as Record<string, unknown>;
    for (const key of Object.keys(parent)) {
      found.push({ parent, key });
      visit(parent[key]);
    }
  };
  visit(root);
  return found;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
