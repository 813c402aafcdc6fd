import { Api } from "./api/api";
import { withBudget } from "./api/budget";
import { cancelledBy } from "./api/cancellation";
import { type Clock, systemClock } from "./api/clock";
import { longestEffort, withEffort } from "./api/effort";
import { agent, overHttp } from "./api/http";
import { Secrets } from "./api/redact";
import { retryDefaults, withRetry } from "./api/retry";
import { withToken } from "./api/token";
import type { Settings } from "./settings";

/** Pulumi's engine calls it at the first Ctrl-C, and then waits for what is under way. The SDK does nothing about it. */
const cancel = "/pulumirpc.ResourceProvider/Cancel";

/** The tenant's management APIs, reached with these settings. Token requests go the same way as all others. */
export function connect(settings: Settings, clock: Clock = systemClock): Api {
  const { tenantUrl, clientId, clientSecret, organization, requestsPerMinute, caFile, timeoutSeconds, clientOrigin } =
    settings;
  const secrets = new Secrets();
  secrets.add(clientSecret);
  const cancelled = cancelledBy(cancel);
  const http = withEffort(overHttp(agent(caFile), timeoutSeconds), clock);
  const budgeted = withBudget(http, requestsPerMinute, clock, { cancelled });
  const policy = { ...retryDefaults, longestEffort: longestEffort(timeoutSeconds) };
  const send = withRetry(budgeted, clock, policy, cancelled);
  const credentials = {
    tokenUrl: `${tenantUrl}/oauth2/token`,
    clientId,
    clientSecret,
    organization,
    origin: clientOrigin,
  };
  return Api.over(withToken(send, send, credentials, clock, secrets), tenantUrl, secrets, { clientId, open: send });
}
