/** The stacks of the bench that are not about applications: who is in a tenant, and its organizations. */

const classes = `
const asgardeo = require(process.env.BENCH_CLASSES);
const { BENCH_COUNT, BENCH_DESCRIPTION: said } = process.env;
const numbers = Array.from({ length: Number(BENCH_COUNT) }, (_, i) => i);
`;

/** So many groups, users, roles and organizations each. */
export const people = `${classes}
for (const i of numbers) {
  new asgardeo.Group("group-" + i, { displayName: said + " group " + i });
  new asgardeo.User("user-" + i, { userName: "kim" + i + "@example.com", password: "Correct-Horse-7", name: { givenName: said } });
  new asgardeo.Role("role-" + i, { displayName: said + " role " + i });
  new asgardeo.Organization("organization-" + i, { name: "Customer " + i, description: said });
}
`;

/** So many organizations with five resources each, by a provider for each. */
export const organizations = `${classes}
for (const i of numbers) {
  const customer = new asgardeo.Organization("organization-" + i, { name: "Customer " + i });
  const provider = new asgardeo.Provider("provider-" + i, { childOrganization: customer.id });
  new asgardeo.Group("admins-" + i, { displayName: "Admins" }, { provider });
  new asgardeo.Group("nurses-" + i, { displayName: "Nurses" }, { provider });
  new asgardeo.User("user-" + i, { userName: "kim@example.com", password: "Correct-Horse-7" }, { provider });
  new asgardeo.Role("role-" + i, { displayName: "Auditor" }, { provider });
  new asgardeo.Application("worker-" + i, { name: "Worker", oidc: { grantTypes: ["client_credentials"] } }, { provider });
}
`;

/**
 * The bars for so many of each.
 *
 * @param {number} count
 * @param {number} tokens
 * @returns {import("./bench.mjs").Bars}
 */
export function barsOfPeople(count, tokens) {
  /** @param {number} least @param {number} [most] @param {number} [lookUps] @returns {import("./bench.mjs").Bars[string]} */
  const all = (least, most = count, lookUps = 0) => ({
    group: [least, most, "group"],
    user: [least, most, "user"],
    role: [least, most, "role"],
    organization: [least, most, "organization"],
    "look-up": [0, lookUps, undefined],
    token: [0, tokens, undefined],
  });
  return {
    // A preview and an update each look ahead: one list for ten new resources of a type, and where the answer has to be
    // asked for by name, one for each. The preview looks at what the bootstrap client is authorized for.
    create: { ...all(count, count, 2 * 4 * count), authorization: [0, 1, undefined] },
    "no change": {},
    // One list of each type where there are many. The list begins with the newest, Pulumi with the oldest.
    refresh: all(0, count, 8),
    "change a field": all(count, count, 2 * count),
    delete: all(count),
  };
}

/**
 * The bars for so many organizations. Each has a process that takes one token of the tenant, and two that are switched; the
 * process of the tenant takes two.
 *
 * @param {number} count
 * @param {number} tokens
 * @returns {import("./bench.mjs").Bars}
 */
export function barsOfOrganizations(count, tokens) {
  const perRun = (tokens + 1) * count + tokens;
  /** @type {import("./bench.mjs").Bars[string]} */
  const inside = {
    group: [2 * count, 2 * count, "organization"],
    user: [count, count, "organization"],
    role: [count, count, "organization"],
    organization: [count, count, "organization"],
    token: [2 * count, perRun, "organization"],
  };
  return {
    create: { ...inside, application: [count, 2 * count, "organization"], "look-up": [0, 8 * count, "organization"] },
    delete: { ...inside, application: [count, count, "organization"], "look-up": [0, 2 * count, "organization"] },
  };
}

/**
 * Shares the bootstrap client's application with all organizations, as somebody does in the console.
 *
 * @param {{ ASGARDEO_BASE_URL: string, ASGARDEO_ORGANIZATION: string, ASGARDEO_CLIENT_ID: string, ASGARDEO_CLIENT_SECRET: string }} settings
 */
export async function shareBootstrapClient(settings) {
  const tenant = `${settings.ASGARDEO_BASE_URL}/t/${settings.ASGARDEO_ORGANIZATION}`;
  const credentials = Buffer.from(`${settings.ASGARDEO_CLIENT_ID}:${settings.ASGARDEO_CLIENT_SECRET}`).toString(
    "base64",
  );
  const scope = "internal_application_mgt_view internal_shared_application_create";
  const body = new URLSearchParams({ grant_type: "client_credentials", scope });
  const answer = await fetch(`${tenant}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${credentials}` },
    body,
  });
  const { access_token: token } = /** @type {{ access_token: string }} */ (await answer.json());
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const applications = `${tenant}/api/server/v1/applications`;
  const filter = encodeURIComponent(`clientId eq ${settings.ASGARDEO_CLIENT_ID}`);
  const found = await fetch(`${applications}?filter=${filter}`, { headers });
  const { applications: list } = /** @type {{ applications: { id: string }[] }} */ (await found.json());
  const share = JSON.stringify({ shareWithAllChildren: true });
  const shared = await fetch(`${applications}/${list[0]?.id}/share`, { method: "POST", headers, body: share });
  if (!shared.ok) throw new Error(`The bootstrap client could not be shared: ${shared.status}`);
}
