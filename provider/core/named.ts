/** Args as a program gives them: values may be outputs. */
export type Given = Readonly<Record<string, unknown>>;

/** What a program's class of a resource has to know of its definition. */
export interface Named<Outputs extends object> {
  /** In the URN: renaming it orphans every existing resource. */
  readonly type: string;
  /** What the server decides. No name may also be the name of an arg. */
  readonly outputs: readonly (keyof Outputs & string)[];
  /** Outputs kept encrypted in state. */
  readonly secrets: readonly (keyof Outputs & string)[];
  /** Args kept encrypted in state, as paths: `oidc.clientSecret`. */
  readonly secretArgs?: readonly string[];
  /**
   * Whether it has to come after another resource, which the program has declared before it, although no output leads from
   * one to the other.
   */
  comesAfter?(args: Given, type: string, other: Given): boolean;
}
