import type { Api } from "../api/api";
import { AsgardeoError, ConnectionError, SettingsError } from "../errors";
import type { Failure } from "./check";
import type { Properties } from "./clean";
import { adoptAdvice, controls } from "./controls";
import type { Definition, Match } from "./definition";
import { changeText } from "./differences";
import { adoption, keyProperty } from "./recovery";
import { hasUnknown } from "./unknown";

/** What can be known of a change before anything is written. One for each type and process. */
export interface Preflight {
  /** Notes an object of ours: its natural key is not taken by somebody else. */
  seen(old: Properties): void;
  /** What the tenant would refuse; what it would do beyond what the change says is said. `old` is undefined for a new object. */
  failures(api: Api, old: Properties | undefined, args: Properties): Promise<Failure[]>;
  /** Whether a look in this run proved that no object had this natural key. */
  wasAbsent(args: object): boolean;
}

const unreachable = "the tenant cannot be asked";

/** The checks of a type that need the tenant. */
export function preflight<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  say: (text: string) => void,
): Preflight {
  const ours = new Set<string>();
  const absent = new Set<string>();
  let isRefused = false;

  const keyOf = (args: object) => definition.keys.map((name) => JSON.stringify((args as Properties)[name])).join();

  /** For a new object: whether something has its natural key, and how that is, where it is to be adopted. */
  async function taken(api: Api, args: Properties): Promise<{ failures: Failure[]; existing?: Properties }> {
    // While an object is being replaced, Pulumi asks as if it were new: what has its key is the object itself.
    if (ours.has(keyOf(args))) return { failures: [] };
    const found = await definition.match(api, args);
    if (!found) {
      if (!definition.keys.some((name) => hasUnknown(args[name]))) absent.add(keyOf(args));
      return { failures: [] };
    }
    if (!controls(args).adopt) return { failures: [takenFailure(keyProperty(definition), args, found)] };
    const { refusal, changes, existing } = await adoption(definition, api, found, args);
    if (refusal !== undefined) return { failures: [{ property: "adopt", reason: refusal }] };
    const list = changes.length === 0 ? "It is as declared." : `What changes: ${changes.map(changeText).join("; ")}`;
    say(`will adopt ${found.what} (id ${found.id}). ${list}`);
    return { failures: [], existing };
  }

  return {
    seen(old) {
      ours.add(keyOf(old));
    },

    async failures(api, old, args) {
      if (isRefused || api.known(unreachable) !== undefined) return [];
      try {
        await api.ready();
        const { failures, existing } = old ? { failures: [], existing: old } : await taken(api, args);
        for (const text of (existing && (await definition.warn?.(api, existing, args))) ?? []) say(`warning: ${text}`);
        return [...failures, ...((await definition.verify?.(api, args, existing)) ?? [])];
      } catch (error) {
        // One of many resources says it for all; where the tenant cannot be asked at all, one for all types.
        isRefused = true;
        if (error instanceof ConnectionError || error instanceof SettingsError) api.note(unreachable, true);
        return failureOf("", error);
      }
    },

    wasAbsent: (args) => absent.has(keyOf(args)),
  };
}

function failureOf(property: string, error: unknown): Failure[] {
  if (!(error instanceof AsgardeoError)) throw error;
  return [{ property, reason: error.message }];
}

function takenFailure(property: string, args: Properties, { id, what, refusal }: Match): Failure {
  return {
    property,
    reason: `${property}: ${JSON.stringify(args[property])} is taken by ${what} (id ${id}). ${refusal ?? adoptAdvice}`,
  };
}
