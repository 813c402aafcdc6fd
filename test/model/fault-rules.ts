import fc from "fast-check";
import type { FaultRule } from "../../sandbox/index";
import { wrongAnswers } from "./wrong-answers";

const applications = "/api/server/v1/applications";
const apis = "/api/server/v1/api-resources";

const choice = {
  method: fc.constantFrom("POST", "GET", "POST", "PUT", "PATCH", "DELETE"),
  path: fc.constantFrom(
    "/api/**",
    "/api/**",
    "/api/**",
    `${applications}**`,
    `${apis}**`,
    applications,
    `${applications}/*`,
    `${applications}/*/inbound-protocols/oidc`,
    `${applications}/*/authorized-apis`,
    `${applications}/*/authorized-apis/*`,
    apis,
    `${apis}/*`,
    `${apis}/*/scopes/*`,
    "/api/server/v1/organizations**",
    "/scim2/**",
    "/scim2/**",
    "/o/**",
    "/o/**",
    "/oauth2/token",
  ),
  skip: fc.nat(3),
  times: fc.integer({ min: 1, max: 3 }),
  probability: fc.constantFrom(0.5, 0.8),
  seed: fc.nat(99),
};
const when = fc.constantFrom("before" as const, "after" as const);

/** Each a few times: what lasts for ever is no fault but another server. */
const rule: fc.Arbitrary<FaultRule> = fc.oneof(
  // Only these may come after a request was carried out: all others say that it was not.
  fc.record(
    { ...choice, kind: fc.constant("status" as const), status: fc.constantFrom(500, 502, 503, 504), when },
    { requiredKeys: ["kind", "times", "status"] },
  ),
  fc.record(
    { ...choice, kind: fc.constant("status" as const), status: fc.constantFrom(400, 401, 403, 404, 409) },
    { requiredKeys: ["kind", "times", "status"] },
  ),
  // With a time, since the lines about longer waits would be on the screen of whoever runs the tests.
  fc.record(
    { ...choice, kind: fc.constant("status" as const), status: fc.constantFrom(429, 503), retryAfter: fc.nat(5) },
    { requiredKeys: ["kind", "times", "status", "retryAfter"] },
  ),
  fc.record({ ...choice, kind: fc.constant("reset" as const), when }, { requiredKeys: ["kind", "times"] }),
  fc.record(
    { ...choice, kind: fc.constant("truncate" as const), bytes: fc.nat(60) },
    { requiredKeys: ["kind", "times"] },
  ),
  fc.record({ ...choice, kind: fc.constant("expire-tokens" as const), when }, { requiredKeys: ["kind", "times"] }),
  fc.record({ ...choice, kind: fc.constant("stale-read" as const) }, { requiredKeys: ["kind", "times"] }),
  fc.record(
    { ...choice, kind: fc.constant("latency" as const), milliseconds: fc.nat(2), when },
    { requiredKeys: ["kind", "times", "milliseconds"] },
  ),
  fc.record(
    {
      ...choice,
      kind: fc.constant("withdraw" as const),
      scope: fc.constantFrom(
        "internal_application_mgt_view",
        "internal_application_mgt_update",
        "internal_application_mgt_delete",
        "internal_application_mgt_client_secret_view",
        "internal_api_resource_view",
        "internal_api_resource_delete",
        "internal_role_mgt_update",
        "internal_group_mgt_view",
        "internal_user_mgt_create",
        "internal_organization_view",
        "internal_org_application_mgt_view",
        "internal_org_role_mgt_view",
        "internal_org_group_mgt_create",
      ),
      tokens: fc.constantFrom("keep" as const, "revoke" as const),
      when,
    },
    { requiredKeys: ["kind", "times", "scope"] },
  ),
);

/** Many runs have no fault at all. */
export const faults = fc.oneof(
  { weight: 1, arbitrary: fc.constant<FaultRule[]>([]) },
  { weight: 4, arbitrary: fc.array(rule, { minLength: 1, maxLength: 4 }) },
  {
    weight: 2,
    arbitrary: fc.tuple(wrongAnswers, fc.array(rule, { maxLength: 2 })).map(([wrong, others]) => [...wrong, ...others]),
  },
);
