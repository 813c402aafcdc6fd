/** What a program's class of a resource has to know of its definition: names alone. */
export interface Named<Outputs extends object> {
  /** In the URN: renaming it orphans every existing resource. */
  readonly type: string;
  /** What the server decides. No name may also be the name of an arg. */
  readonly outputs: readonly (keyof Outputs & string)[];
  /** Outputs kept encrypted in state. */
  readonly secrets: readonly (keyof Outputs & string)[];
  /** Args kept encrypted in state, as paths: `oidc.clientSecret`. */
  readonly secretArgs?: readonly string[];
}
