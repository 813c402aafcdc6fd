import type { Sandbox } from "../../sandbox/index";

const applications = "/api/server/v1/applications";

/** Shares the bootstrap client's application with all organizations of a sandbox, those that come as well. */
export async function shareBootstrapClient(sandbox: Sandbox): Promise<void> {
  const applicationId = sandbox.tenant.bootstrap;
  const share = { applicationId, policy: "ALL_EXISTING_AND_FUTURE_ORGS", roleSharing: { mode: "ALL" } };
  const { status } = await sandbox.console("POST", `${applications}/share-with-all`, share);
  if (status !== 202) throw new Error(`The bootstrap client's application could not be shared: ${status}`);
}

/** Makes an organization of a sandbox, and answers its id. */
export async function organization(sandbox: Sandbox, name: string): Promise<string> {
  const { id, status } = await sandbox.console("POST", "/api/server/v1/organizations", { name });
  if (!id) throw new Error(`The organization ${name} could not be made: ${status}`);
  return id;
}

/** Disables or activates an organization. */
export async function become(sandbox: Sandbox, id: string, status: "ACTIVE" | "DISABLED"): Promise<void> {
  const patch = [{ operation: "REPLACE", path: "/status", value: status }];
  const answer = await sandbox.console("PATCH", `/api/server/v1/organizations/${id}`, patch);
  if (answer.status !== 200) throw new Error(`The organization ${id} did not become ${status}: ${answer.status}`);
}
