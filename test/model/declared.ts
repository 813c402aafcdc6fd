import type { TypeName } from "../support/managed";
import type { JsonObject } from "./json";

/** A resource of a program. */
export interface Declared {
  /** Its name in the program, which is the end of its URN. */
  readonly name: string;
  /** The name that it had before, as Pulumi's option `aliases` says it. */
  readonly alias?: string;
  /** Pulumi's option of this name: where a replacement is forced, the old object goes first. */
  readonly deleteBeforeReplace?: true;
  readonly type: TypeName;
  readonly args: JsonObject;
  /** Args that come from other resources. */
  readonly refs: Readonly<Record<string, Reference>>;
  /** The names of resources that it comes after although it has nothing from them. */
  readonly after?: readonly string[];
  /** What the console shows of it then. */
  readonly live: JsonObject;
  /** What it shows of the OAuth client; undefined where none is declared. */
  readonly client: JsonObject | undefined;
}

export interface Reference {
  /** The name of the other resource. */
  readonly of: string;
  /** What of it: its id, or one of its args. */
  readonly give: "id" | "identifier";
  /** Set where the program writes the value down as a text and says `dependsOn`: the engine does not know whence it is. */
  readonly isText?: true;
}

/** Resources in the order of their dependencies. */
export type Program = readonly Declared[];
