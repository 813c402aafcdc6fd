import type { Clock } from "../../provider/api/clock";
import type { HttpRequest, HttpResponse, Send } from "../../provider/api/exchange";

/** A clock that stands still, but for sleeping: that takes no real time. */
export interface FakeClock extends Clock {
  time: number;
  readonly slept: number[];
}

export function fakeClock(random = 1): FakeClock {
  const clock: FakeClock = {
    time: 1_000_000,
    slept: [],
    now: () => clock.time,
    sleep: async (milliseconds) => {
      clock.slept.push(milliseconds);
      clock.time += milliseconds;
    },
    random: () => random,
  };
  return clock;
}

/** An answer; a body that is no text is sent as JSON. */
export function answer(status: number, body: unknown = "", headers: Record<string, string> = {}): HttpResponse {
  const isText = typeof body === "string";
  return {
    status,
    headers: { ...(!isText && { "content-type": "application/json;charset=UTF-8" }), ...headers },
    text: isText ? body : JSON.stringify(body),
  };
}

/** A page as proxies and login pages send it, with text that must not come into any message. */
export function page(status: number): HttpResponse {
  return answer(status, "<html><body>hush-hush</body></html>", { "content-type": "text/html; charset=utf-8" });
}

type Step = HttpResponse | Error;

/** Gives the answers of a script in turn, the last one for ever, and notes what was sent. */
export function scripted<R = HttpRequest>(...script: [Step, ...Step[]]): Send<R> & { readonly sent: R[] } {
  const sent: R[] = [];
  const send = async (request: R) => {
    sent.push(request);
    const step = script[Math.min(sent.length, script.length) - 1];
    if (step === undefined || step instanceof Error) throw step;
    return step;
  };
  return Object.assign(send, { sent });
}

/** What a promise was rejected with. */
export async function failure<E extends Error>(
  kind: new (...args: never[]) => E,
  work: () => Promise<unknown>,
): Promise<E> {
  try {
    await work();
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error(`expected a ${kind.name}`);
}

/** A promise that is settled from outside. */
export function deferred<T>(): { promise: Promise<T>; resolve(value: T): void; reject(error: Error): void } {
  let settle: { resolve(value: T): void; reject(error: Error): void } | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) };
}
