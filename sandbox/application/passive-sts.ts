import { applicationError } from "../refusal";
import type { Store } from "../store";

export function refuseTakenRealm(store: Store, realm: string, except?: string): void {
  if (store.tenant.applications.some((other) => other.id !== except && other.passiveSts?.realm === realm)) {
    throw applicationError("APP-60009", `Passive STS realm: ${realm} already exists.`, "Error creating application.");
  }
}
