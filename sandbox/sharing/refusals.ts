import { Refusal } from "../refusal";

/** A refusal of the sharing API. It is a part of that of applications, where the codes of organizations have no status of their own. */
export function sharingError(number: number, description: string): Refusal {
  return new Refusal(400, `ORG-${number}`, "Unable to share the application.", description);
}
