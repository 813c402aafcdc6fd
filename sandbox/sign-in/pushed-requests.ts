import { Ended } from "./ends";
import type { Parameters } from "./parameters";
import { Timed } from "./timed";

/** How long a browser may take to come with a request that was pushed, in seconds: the server's default. */
export const LIFETIME = 60;
const prefix = "urn:ietf:params:oauth:par:request_uri:";

/** The authorization requests that clients have pushed (RFC 9126), by what stands for them in an address. */
export class PushedRequests {
  private readonly all: Timed<Parameters>;

  constructor(now: () => number) {
    this.all = new Timed(now, LIFETIME * 1000);
  }

  /** Keeps a request, and makes its `request_uri`. */
  put(parameters: Parameters): string {
    return prefix + this.all.put(parameters.pushed());
  }

  /** The request of a client, which is gone with that; the user is told of one that cannot be used. */
  take(uri: string, clientId: string | undefined): Parameters {
    const key = uri.startsWith(prefix) ? uri.slice(prefix.length) : "";
    const found = this.all.find(key);
    const isLate = this.all.isLate(key);
    this.all.drop(key);
    if (!found) {
      throw new Ended("invalid_request_uri", isLate ? "par.request.uri.expired" : "par.invalid.request.uri");
    }
    if (found.get("client_id") !== clientId) throw new Ended("invalid_request", "par.client.id.not.match");
    return found;
  }
}
