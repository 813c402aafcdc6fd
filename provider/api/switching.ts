import { type Background, eventually, type Waiting } from "./eventually";
import { unsharedRefusal } from "./switch-refusal";

/** Sharing takes some seconds, more in a tenant with many organizations. */
const longestWait = 60_000;

/**
 * The switch to an organization that was made or shared a moment ago: the server shares applications in the background, so
 * it refuses until then. Waited for once in a process for each organization, since it may also never come.
 */
export class Switching {
  private readonly overdue = new Set<string>();

  constructor(private readonly waiting: Waiting) {}

  /** What `ask` answers, as soon as it is not refused for lack of sharing. */
  async patiently<T extends object>(organization: string, ask: () => Promise<T>): Promise<T> {
    if (this.overdue.has(organization)) return ask();
    const { clock } = this.waiting;
    const end = clock.now() + longestWait;
    const look: Background<T>["look"] = async () => {
      try {
        return await ask();
      } catch (error) {
        if (!unsharedRefusal(error)) throw error;
        if (clock.now() < end) return undefined;
        this.overdue.add(organization);
        throw error;
      }
    };
    const what = `the application of the bootstrap client is shared with the organization ${organization}`;
    return eventually(this.waiting, { what, look, atMost: longestWait });
  }
}
