import { apis } from "../../provider/look-ups/lists";
import { type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await testTenant();
});
afterEach(() => tenant.close());

test.each([
  ["in a circle", "?after=MQ%3D%3D"],
  ["that is no URL", "http://"],
])("a next page of APIs %s ends the list", async (_, href) => {
  const count = tenant.sandbox.tenant.apiResources.length;
  const mutate = (body: unknown) => ({ ...(body as object), links: [{ rel: "next", href }] });
  // A list without an end would end here, with an error.
  const end = { kind: "status", status: 400, path: "/api/server/v1/api-resources", skip: 5 } as const;
  tenant.sandbox.setFaults([end, { kind: "mutate", mutate, path: "/api/server/v1/api-resources" }]);
  const viewer = tenant.api.permitted({ access: "view", needs: ["internal_api_resource_view"], optional: [] });
  expect(await apis(viewer)).toHaveLength(count);
});
