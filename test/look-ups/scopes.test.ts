import { getApiResource, getApiResourceOutput, getApplication, getApplicationOutput } from "../../provider";
import { type Gateway, startGateway } from "../support/gateway";
import { answered, configure, configuredTenant, engine } from "./program";

const api = { identifier: "/api/server/v1/applications" };
const application = { name: "My Account" };
const [ofApis, ofApplications] = ["internal_api_resource_view", "internal_application_mgt_view"];

let gateway: Gateway;
beforeEach(async () => {
  await engine();
  const sandbox = await configuredTenant();
  gateway = await startGateway(sandbox.baseUrl);
  configure({ ...sandbox, baseUrl: gateway.baseUrl });
});
afterEach(() => gateway.close());

const asked = () => gateway.scopes().map((scopes) => scopes.sort());

test("a look-up asks for what it needs, and for nothing else", async () => {
  await getApplication(application);
  await getApplication(application);
  expect(asked()).toEqual([[ofApplications]]);
});

test.each([
  ["at once", () => Promise.all([getApplication(application), getApiResource(api)])],
  [
    "at once, by outputs",
    () => Promise.all([answered(getApplicationOutput(application)), answered(getApiResourceOutput(api))]),
  ],
])("look-ups that ask %s share a token for what they need together", async (_, ask) => {
  await ask();
  expect(asked()).toEqual([[ofApis, ofApplications]]);
});

test("a look-up that needs another scope later takes another token, for both", async () => {
  await getApplication(application);
  await getApiResource(api);
  await getApplication({ name: "Console" });
  expect(asked()).toEqual([[ofApplications], [ofApis, ofApplications]]);
});
