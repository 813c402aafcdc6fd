import { AsgardeoError, PartialCreateError } from "../errors";
import type { Secrets } from "./redact";

/** The same error, without a secret in what it says, down to its causes. What is no error is given back as it is. */
export function hiddenError<T>(error: T, secrets: Secrets): T {
  const hide = (text: string) => secrets.hide(text);
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    const { message, stack } = inner;
    const hidden = hide(message);
    if (hidden !== message) {
      inner.message = hidden;
      if (stack !== undefined) inner.stack = stack.replace(message, () => hidden);
    }
    if (inner instanceof PartialCreateError) inner.reasons = inner.reasons.map(hide);
    // Errors of the network have members of their own, and nothing of them is shown.
    if (!(inner instanceof AsgardeoError)) break;
  }
  return error;
}
