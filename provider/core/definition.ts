import type { z } from "zod";
import type { Api, Collection } from "../api/api";
import type { Path } from "../api/path";
import type { Scope } from "../api/scopes";
import type { Failure } from "./check";
import type { Properties } from "./clean";
import type { Named } from "./named";
import type { Reference } from "./references";
import type { Run } from "./run";
import type { Plain } from "./schema";

/** Every output, also one that there is no value for. What a program sees promises more: the common case, to be handed on. */
export type Known<Outputs> = { [K in keyof Outputs]: Outputs[K] | undefined };

/** What a create answers: the id, and what the server decided. */
export interface Created<Outputs> {
  readonly id: string;
  readonly outputs: Known<Outputs>;
}

/** What a read answers: the live value of every arg that the API gives back, and what the server decided. */
export interface Live<Args, Outputs> {
  readonly args: Partial<Plain<Args>>;
  readonly outputs: Partial<Outputs>;
}

/** An existing object with the natural key of a declared one. */
export interface Match {
  readonly id: string;
  /** What it is, for messages: `the application "Order Worker"`. */
  readonly what: string;
  /** Why it cannot be taken over, where it cannot. */
  readonly refusal?: string;
}

/** The scopes that each operation cannot do without, and those that only some server versions know and enforce. */
export interface Needs {
  readonly create: readonly Scope[];
  readonly read: readonly Scope[];
  readonly update: readonly Scope[];
  readonly delete: readonly Scope[];
  /** Asked for when reading, but never a reason to refuse: older servers do not know them. */
  readonly optionalView?: readonly Scope[];
  /** Asked for when writing, but never a reason to refuse: older servers do not know them. */
  readonly optionalWrite?: readonly Scope[];
  /** Those of `atTimes` that nearly every new object needs: asked for before it is its turn, so that one token serves the run. */
  readonly mostly?: readonly Scope[];
  /** What only some changes need, and ask for by `api.needing` or `api.mayNeed`. */
  readonly atTimes?: readonly Scope[];
  /** Asked for when looking ahead of a write, and asked for by `api.needing` again: what others have is read there. */
  readonly ahead?: readonly Scope[];
}

/**
 * What can be told of args before anything is written. Values may be unknown. `old` is what the program said before; for a
 * new resource of something that is there already (an object that is to be adopted, a setting that is set), it is how that
 * is, as far as the program declares it.
 */
export interface Foresight {
  /** The args that name objects of other resources: checked against what the program declares, and kept in order. */
  readonly references?: readonly Reference[];
  /** The scopes `atTimes` that this change is going to need, as far as the args tell: then one token serves all of it. */
  mayNeed?(args: Properties, old: Properties | undefined): readonly Scope[];
  /** What the server or the provider would refuse, found out by looking. */
  verify?(api: Api, args: Properties, old: Properties | undefined, run: Run): Promise<Failure[]>;
  /** What contradicts the rest of the program; asked at every check, so it costs no request. */
  agree?(args: Properties, run: Run): Failure[];
  /** What the server accepts and good practice does not, and what not every server accepts. `base` is the tenant's base URL. */
  advise?(args: Properties, base: string): Failure[];
  /** What a change does beyond what it says, for the preview; throws where it would be refused. */
  warn?(api: Api, old: Properties, args: Properties, run: Run): Promise<string[]>;
}

/** What every definition says, be it of an object or of a setting. */
export interface Kind<Args extends object, Outputs extends object> extends Named<Outputs>, Foresight {
  readonly args: z.ZodType<Plain<Args>>;
  /** Args that the API cannot change in place, as paths: `identifier`, `oidc.clientId`. */
  readonly replaceOn: readonly string[];
  /**
   * Why an update is due although nothing changed in the program: something in state has had its time, or this run takes
   * something from the object.
   */
  due?(state: State<Args, Outputs>, args: Properties, run: Run): string | undefined;
}

/**
 * Everything the provider knows about one kind of object: a value, nothing to subclass.
 * `Args` is the interface that programs see; the functions get it with every `Input` resolved and checked.
 */
export interface Definition<Args extends object, Outputs extends object> extends Kind<Args, Outputs> {
  readonly needs: Needs;
  /** The args by which the tenant tells two objects apart; messages about a taken one begin with the last of them. */
  readonly keys: readonly [keyof Args & string, ...(keyof Args & string)[]];
  /** Where the object is: a refusal that says "absent" of this very path means that the object is gone. */
  path(id: string): Path;
  /**
   * A list that every sound token can read: the proof, after a 404, that the object is gone and not just out of reach. It
   * fails where the answer is not such a list.
   */
  readonly probe: Collection<unknown>;
  /**
   * The object with the same natural key, compared exactly; undefined where there is none, or where the key is not known
   * yet. An answer of this process may be some seconds old unless `afresh` is asked for.
   */
  match(api: Api, args: Properties, run: Run, afresh?: boolean): Promise<Match | undefined>;
  create(api: Api, args: Plain<Args>, run: Run): Promise<Created<Outputs>>;
  /** `declared` is absent for a look-up by id. Answers undefined only where the server proved that it is gone. */
  read(api: Api, id: string, state: State<Args, Outputs>): Promise<Live<Args, Outputs> | undefined>;
  /**
   * Brings the object to `args`; what is in `state.args` and no longer in `args` is cleared. Where something was done that
   * must not be lost, but not all, it throws a PartialCreateError with the outputs: the next run updates once more.
   */
  update(api: Api, id: string, args: Plain<Args>, state: State<Args, Outputs>, run: Run): Promise<Known<Outputs>>;
  delete(api: Api, id: string, state: State<Args, Outputs>, run: Run): Promise<void>;
  /**
   * Whether one that was deleted can be made again as it was, under the same id: then a replacement that fails puts the old
   * one back.
   */
  readonly isRestorable?: true;
}

/** What Pulumi's state holds of a resource. In a look-up by id nothing is declared. */
export interface State<Args, Outputs> {
  readonly args: Partial<Plain<Args>>;
  readonly outputs: Partial<Outputs>;
}
