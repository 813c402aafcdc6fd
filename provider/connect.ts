import { Api } from "./api/api";
import { withBudget } from "./api/budget";
import { systemClock } from "./api/clock";
import { agent, overHttp } from "./api/http";
import { Secrets } from "./api/redact";
import { withRetry } from "./api/retry";
import { withToken } from "./api/token";
import type { Settings } from "./settings";

/** The tenant's management APIs, reached with these settings. Token requests go the same way as all others. */
export function connect({ tenantUrl, clientId, clientSecret, organization, ...limits }: Settings): Api {
  const secrets = new Secrets();
  secrets.add(clientSecret);
  const http = overHttp(agent(limits.caFile), limits.timeoutSeconds);
  const send = withRetry(withBudget(http, limits.requestsPerMinute, systemClock), systemClock);
  const credentials = { tokenUrl: `${tenantUrl}/oauth2/token`, clientId, clientSecret, organization };
  return Api.over(withToken(send, send, credentials, systemClock, secrets), tenantUrl, secrets);
}
