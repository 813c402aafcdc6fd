import { Api } from "./api/api";
import { withBudget } from "./api/budget";
import { cancelledBy } from "./api/cancellation";
import { type Clock, systemClock } from "./api/clock";
import { longestEffort, withEffort } from "./api/effort";
import { agent, overHttp } from "./api/http";
import { Secrets } from "./api/redact";
import { retryDefaults, withRetry } from "./api/retry";
import { ScopesInUse } from "./api/scopes-in-use";
import { sharedTally, type Tally } from "./api/tally";
import { withToken } from "./api/token";
import { type Say, toStderr } from "./api/waiting-report";
import type { Settings } from "./settings";
import { visible } from "./visible";

/** Pulumi's engine calls it at the first Ctrl-C, and then waits for what is under way. The SDK does nothing about it. */
const cancel = "/pulumirpc.ResourceProvider/Cancel";

/** What the client takes from the process that it runs in. What is left out is as Pulumi's provider process has it. */
export interface Surroundings {
  /** Default: the real time. */
  readonly clock?: Clock;
  /** Shows a line while something waits, such as `the rate limit of …`. Default: on stderr. */
  readonly say?: Say;
  /** Aborted when the user ends the run. Default: at the call by which Pulumi's engine says so to this process. */
  readonly cancelled?: AbortSignal;
  /** Counts requests together with other processes. Default: with all of this user on this machine. */
  readonly tally?: Tally;
}

/** The management APIs of the tenant, or of an organization of it, reached with these settings. Token requests go the same way as all others. */
export function connect(settings: Settings, surroundings: Surroundings = {}): Api {
  const { clock = systemClock, say = toStderr, cancelled = cancelledBy(cancel) } = surroundings;
  const { tally = sharedTally(settings.tenantUrl) } = surroundings;
  const { tenantUrl, clientId, clientSecret, organization, requestsPerMinute, timeoutSeconds, clientOrigin } = settings;
  const { certificates, proxy, childOrganization } = settings;
  const secrets = new Secrets();
  for (const secret of [clientSecret, ...(proxy?.secrets ?? [])]) secrets.add(secret);
  const tell: Say = (line) => say(secrets.hide(visible(line)));
  const http = withEffort(overHttp(agent({ certificates, proxy }), timeoutSeconds, proxy), clock);
  const budgeted = withBudget(http, requestsPerMinute, clock, { say: tell, cancelled, tally });
  const policy = { ...retryDefaults, longestEffort: longestEffort(timeoutSeconds) };
  const send = withRetry(budgeted, clock, policy, cancelled);
  const credentials = {
    tokenUrl: `${tenantUrl}/oauth2/token`,
    clientId,
    clientSecret,
    organization,
    origin: clientOrigin,
  };
  const inUse = new ScopesInUse();
  const waiting = { clock, say: tell, cancelled };
  const signed = withToken(send, send, credentials, clock, secrets, inUse, waiting);
  const tenant = Api.over(signed, tenantUrl, secrets, { clientId, open: send, inUse, waiting });
  return childOrganization === undefined ? tenant : tenant.inOrganization(childOrganization);
}
