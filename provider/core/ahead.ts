import type { Api } from "../api/api";
import { AsgardeoError, ConnectionError, SettingsError } from "../errors";
import type { Failure } from "./check";
import type { Properties } from "./clean";
import type { Foresight } from "./definition";
import { referenceFailures } from "./references";
import type { Run } from "./run";

/** A resource that is about to be looked at, as Pulumi shows it. */
export interface Candidate {
  /** The name in the program. */
  readonly name: string | undefined;
  /** What the program said before; undefined for a new object. */
  readonly old: Properties | undefined;
  readonly args: Properties;
  readonly isChanged: boolean;
}

/** By what the resources of a type are told apart in the program. */
export interface Identity {
  readonly type: string;
  /** The names of the properties whose values tell it. */
  readonly keys: readonly string[];
  /** The args, with those properties among them as far as they are known. */
  keyed(args: Properties): Properties;
}

/** What can be known of a change before anything is written. One for each type and process. */
export interface Ahead {
  readonly identity: Identity;
  /** Which resource it is about, for a line that Pulumi does not attach to it: `ApiResource "orders"`. */
  label(candidate: Pick<Candidate, "name" | "args">): string;
  /** What contradicts the rest of the program, as far as it is known by now. Costs no request. */
  disagreements(candidate: Candidate): Promise<Failure[]>;
  /** What the tenant would refuse; what it would do beyond what the change says is said. */
  failures(api: Api, candidate: Candidate): Promise<Failure[]>;
}

/** In which looking ahead at objects differs from looking ahead at settings. */
export interface Look {
  readonly identity: Identity;
  /** What to say where another resource of the program, of this name, is the same. */
  twin(candidate: Candidate, other: string | undefined): Failure;
  /** For a new resource: what is wrong with what is there, or how that is as far as the program declares it. */
  existing(api: Api, candidate: Candidate): Promise<{ failures: Failure[]; existing?: Properties }>;
}

/** The values by which a resource is told apart, as a text. */
export function keyText({ keys, keyed }: Identity, args: object): string {
  const all = keyed(args as Properties);
  return keys.map((name) => JSON.stringify(all[name])).join(", ");
}

/** The checks of a type that look beyond its own args. */
export function lookingAhead(definition: Foresight, run: Run, look: Look): Ahead {
  const { references = [] } = definition;
  const { identity } = look;
  const { type, keys, keyed } = identity;
  const ours = new Set<string>();

  function label({ name, args }: Pick<Candidate, "name" | "args">): string {
    return `${type} ${name === undefined ? keyText(identity, args) : JSON.stringify(name)}`;
  }

  async function asked(api: Api, candidate: Candidate): Promise<Failure[]> {
    const { old, args } = candidate;
    await api.ready();
    // While an object is being replaced, Pulumi asks as if it were new: what is there is the object itself.
    const isOurs = ours.has(keyText(identity, args));
    const { failures, existing } =
      old || isOurs ? { failures: [], existing: old } : await look.existing(api, candidate);
    const warnings = (existing && (await definition.warn?.(api, existing, args, run))) ?? [];
    const found = (await definition.verify?.(api, args, existing, run)) ?? [];
    const all = [...warnings, ...found.filter(({ isWarning }) => isWarning).map(({ reason }) => reason)];
    for (const text of all) run.say(`warning: ${label(candidate)}: ${text}`);
    return [
      ...failures,
      ...(await referenceFailures(references, run, args, api)),
      ...found.filter(({ isWarning }) => !isWarning),
    ];
  }

  return {
    identity,
    label,

    async disagreements(candidate) {
      const { name, old, args, isChanged } = candidate;
      if (old) ours.add(keyText(identity, old));
      const twin = run.program.declare({ type, name, old: old && keyed(old), args: keyed(args) }, keys);
      const isNew = old === undefined || isChanged;
      return [
        ...(twin ? [look.twin(candidate, twin.name)] : []),
        // What changes is looked at again with the tenant at hand.
        ...(isNew ? [] : await referenceFailures(references, run, args, undefined)),
        ...(definition.agree?.(args, run) ?? []),
      ];
    },

    async failures(api, candidate) {
      const unreachable = run.causes.ofTenant;
      if (unreachable !== undefined) return [{ property: "", reason: run.causes.told(unreachable) }];
      try {
        return await asked(api, candidate);
      } catch (error) {
        if (!(error instanceof AsgardeoError)) throw error;
        // Before it is said in short: of a secret that is cut, a part would be shown.
        api.hiddenError(error);
        if (error instanceof ConnectionError || error instanceof SettingsError) run.causes.ofTenant = error;
        return [{ property: "", reason: run.causes.told(error) }];
      }
    },
  };
}
