import { applicationError } from "../refusal";
import type { Store } from "../store";

const NAME = /^[a-zA-Z0-9._-]+(?: [a-zA-Z0-9._-]+)*$/;
const RESIDENT = "wso2carbon-local-sp";
const portals = ["Console", "My Account"];

export function refuseReservedOnCreation(name: string): void {
  if (portals.includes(name)) {
    throw applicationError("APP-60515", `The application name '${name}' is reserved.`, "Error creating application.");
  }
}

export function refuseBadName(name: string): void {
  if (name === "") throw applicationError("APP-60001", "Application name cannot be empty.");
  if (!NAME.test(name)) {
    throw applicationError(
      "APP-60001",
      `The Application name '${name}' is not valid! It is not adhering to the regex ${NAME.source}.`,
    );
  }
}

export function refuseTakenName(store: Store, name: string, title = "Error creating application."): void {
  if (name === RESIDENT || store.tenant.applications.some((application) => application.name === name)) {
    const { organization } = store.tenant;
    throw applicationError(
      "APP-60007",
      `An application with name: '${name}' already exists in tenantDomain: ${organization}`,
      title,
    );
  }
}

/** The rules for a new name of an application that exists. */
export function refuseBadRename(store: Store, name: string): void {
  if (name === RESIDENT) throw applicationError("APP-60008", `Not allowed to rename an application to '${name}'.`);
  if (portals.includes(name)) throw applicationError("APP-60516", `The application name '${name}' is reserved.`);
  refuseBadName(name);
  refuseTakenName(store, name, "Error updating application.");
}
