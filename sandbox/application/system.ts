import type { Application } from "../models/application";
import { applicationError } from "../refusal";

export function refuseSystem({ system, name }: Application): void {
  if (system)
    throw applicationError(
      "APP-60008",
      `The system application '${name}' cannot be changed.`,
      "Operation is forbidden.",
    );
}
