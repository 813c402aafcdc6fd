import type { Application } from "../models/application";
import { applicationNotFound } from "../refusal";
import type { Store } from "../store";

/** The application with an id, or the server's refusal. */
export function foundApplication(store: Store, id: string): Application {
  const application = store.application(id);
  if (!application) throw applicationNotFound(id);
  return application;
}
