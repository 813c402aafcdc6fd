import type { Sandbox } from "../../sandbox/index";

/** The environment by which the provider reaches a sandbox. */
export function settingsOf({ baseUrl, organization, clientId, clientSecret }: Sandbox): Record<string, string> {
  return {
    ASGARDEO_BASE_URL: baseUrl,
    ASGARDEO_ORGANIZATION: organization,
    ASGARDEO_CLIENT_ID: clientId,
    ASGARDEO_CLIENT_SECRET: clientSecret,
    ASGARDEO_REQUESTS_PER_MINUTE: "100000",
  };
}
