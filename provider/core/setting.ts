import type { Api } from "../api/api";
import type { Scope } from "../api/scopes";
import type { Kind, Known, Live, Needs, State } from "./definition";
import type { Run } from "./run";
import type { Plain } from "./schema";

/** The scopes that reading and writing a setting cannot do without; those of `Needs` that may be left out mean the same. */
export interface SettingNeeds extends Pick<Needs, "optionalView" | "optionalWrite" | "atTimes" | "ahead"> {
  readonly read: readonly Scope[];
  readonly write: readonly Scope[];
  /** Where the way back to the server's default needs other scopes than `write`. */
  readonly reset?: readonly Scope[];
}

/**
 * Everything the provider knows about one kind of setting: what is always there, such as the branding of an organization
 * or the login page of an application, and can only be set and reset. So there is no create and no natural key, nothing
 * can be taken, and nothing is adopted: the first put takes over what is live, and changes what is declared alone.
 */
export interface SettingDefinition<Args extends object, Outputs extends object> extends Kind<Args, Outputs> {
  /**
   * The args that say which setting it is, such as the application that it belongs to, by its id. `id` is made of these
   * alone, and another value of them is another setting.
   */
  readonly replaceOn: readonly (keyof Args & string)[];
  readonly needs: SettingNeeds;
  /**
   * A constant such as `branding`, or made of the args in `replaceOn`, all of which are known. Two resources of a program
   * with the same id are the same setting, and it is in state for good: its format never changes.
   */
  id(args: Plain<Args>): string;
  /**
   * Answers undefined where nobody has set it, so that it is as the server has it by default. In a look-up by id, `state`
   * is empty, and the args in `replaceOn` have to be told from the id.
   */
  read(api: Api, id: string, state: State<Args, Outputs>): Promise<Live<Args, Outputs> | undefined>;
  /**
   * Brings the setting to `args`. What is in `state.args` and no longer in `args` goes back to the server's default; what is
   * in neither stays as it is, also where the API writes the setting as a whole. `state` is undefined where this resource
   * puts it for the first time. Where the answer is lost, the same is put again by the next run.
   */
  put(api: Api, args: Plain<Args>, state: State<Args, Outputs> | undefined, run: Run): Promise<Known<Outputs>>;
  /** Back to the server's default, when the resource is deleted. What is at its default already is no error. */
  reset(api: Api, state: State<Args, Outputs>, run: Run): Promise<void>;
}
