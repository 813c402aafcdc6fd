import type { Server } from "../../sandbox";
import { type Call, textAt, valueAt } from "./support";

/** What an application of its own is shared with; the organizations are made by `free`, of which only the newest have a document. */
export async function sharingStory(call: Call, free: Call, server: Server): Promise<void> {
  const { id: application } = await call("POST", "/applications", { name: "shared" });
  const path = `/applications/${application}`;
  const made = (await free("POST", "/organizations", { name: "Organization" })).body;
  const organization = textAt(made, "id");
  await call("GET", `${path}/shared-apps`);
  await call("POST", `${path}/share`, { sharedOrganizations: [organization] });
  await call("GET", `${path}/share`);
  await call("GET", `${path}/shared-apps`);
  if (server === "asgardeo") {
    const root = textAt((await call("GET", "/organizations/self")).body, "id");
    const twin = `/organizations/${root}${path}`;
    await call("POST", `${twin}/share`, { sharedOrganizations: [organization] });
    await call("GET", `${twin}/share`);
    await call("GET", `${twin}/shared-apps`);
  }
  await call("GET", path);
  await call("DELETE", `${path}/share/${organization}`);
  if (server === "asgardeo" || server === "7.2") {
    const roleSharing = { mode: "ALL" };
    const organizations = [{ orgId: organization, policy: "SELECTED_ORG_ONLY", roleSharing }];
    await call("POST", "/applications/share", { applicationId: application, organizations });
    const policy = "ALL_EXISTING_AND_FUTURE_ORGS";
    await call("GET", `${path}/share?attributes=sharingMode&limit=1`);
    await call("POST", "/applications/share-with-all", { applicationId: application, policy, roleSharing });
    await call("GET", `${path}/share?attributes=sharingMode&excludedAttributes=roles`);
    await call("POST", "/applications/unshare", { applicationId: application, orgIds: [organization] });
    await call("POST", "/applications/unshare-with-all", { applicationId: application });
  }
  await call("DELETE", `${path}/shared-apps`);
}

export async function organizationStory(call: Call, free: Call): Promise<void> {
  const attributes = [{ key: "Country", value: "Sri Lanka" }];
  const { body } = await call("POST", "/organizations", {
    name: "One",
    orgHandle: "one.com",
    description: "d",
    attributes,
  });
  const path = `/organizations/${textAt(body, "id")}`;
  await call("POST", "/organizations", { name: "One" });
  await call("GET", path);
  await call("GET", "/organizations/none");
  await call("GET", "/organizations?limit=1&recursive=true");
  await call("GET", "/organizations?filter=name+eq+none");
  await call("GET", "/organizations?filter=none");
  await call("GET", "/organizations/self");
  await call("GET", "/organizations/metadata");
  await call("GET", "/organizations/meta-attributes?limit=1");
  await call("POST", "/organizations/check-name", { name: "One" });
  await call("POST", "/organizations/check-handle", { orgHandle: "one.com" });
  await call("PUT", path, { name: "Two", status: "ACTIVE", attributes });
  await call("PATCH", path, [{ operation: "REPLACE", path: "/status", value: "DISABLED" }]);
  await call("PATCH", path, [{ operation: "REPLACE", path: "/none", value: "x" }]);
  const discovery = [{ type: "emailDomain", values: ["one.com"] }];
  await free("POST", "/organization-configs/discovery", { properties: [{ key: "emailDomain.enable", value: true }] });
  await call("POST", "/organizations/discovery", { organizationId: textAt(body, "id"), attributes: discovery });
  await call("GET", "/organizations/discovery");
  await call("GET", "/organizations/metadata");
  await call("POST", "/organizations/check-discovery", { type: "emailDomain", value: "one.com" });
  await call("PUT", `${path}/discovery`, { attributes: discovery });
  await call("GET", `${path}/discovery`);
  await call("DELETE", `${path}/discovery`);
  await call("DELETE", path);
  await call("DELETE", path);
  const operations = (await call("GET", "/async-operations")).body;
  const operation = `/async-operations/${textAt(valueAt(operations, "operations", 0), "operationId")}`;
  await call("GET", operation);
  const units = (await call("GET", `${operation}/unit-operations?limit=1`)).body;
  await call("GET", `${operation}/unit-operations/${textAt(valueAt(units, "unitOperations", 0), "unitOperationId")}`);
}
