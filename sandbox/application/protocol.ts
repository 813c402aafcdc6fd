import type { Services } from "../gate";
import type { Application } from "../models/application";
import { applicationError } from "../refusal";
import type { Store } from "../store";
import { foundApplication } from "./find";
import { refuseSystem } from "./system";

/** The members of an application that hold the configuration of a sign-in protocol. */
export type Protocol = "oidc" | "saml" | "passiveSts";

/** An application that may be written to, or the server's refusal. */
export function changeableApplication(store: Store, id: string): Application {
  const application = foundApplication(store, id);
  refuseSystem(application);
  return application;
}

export function notConfigured(protocol: string, id: string): Error {
  return applicationError(
    "APP-60502",
    `The inbound protocol ${protocol} is not configured for the application with id: ${id}.`,
    "Inbound protocol not configured.",
  );
}

/** Takes a protocol away from an application. It makes no difference whether the application had it. */
export function removeProtocol({ store, tokens }: Services, id: string, protocol: Protocol): void {
  const application = changeableApplication(store, id);
  store.change(() => store.replaceApplication({ ...application, [protocol]: undefined }));
  if (protocol === "oidc") tokens.revokeOf(application.id);
}
