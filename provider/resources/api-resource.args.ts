import type * as pulumi from "@pulumi/pulumi";
import type { ControlArgs } from "../core/control-args";

/**
 * A scope of an API (RFC 6749 section 3.3): what an application may be authorized for. It is declared as a whole: what is
 * left out goes back to the server's default.
 */
export interface ScopeArgs {
  /**
   * The name as it stands in tokens, such as `orders:read`: unique in the whole tenant, the OpenID Connect scopes such as
   * `email` among them. Any characters of ASCII but blanks, `"` and `\`; not `openid`, and not beginning with `internal_` or
   * `console:`. Another name is another scope: the old one is removed and the new one added, and the API itself changes in
   * place.
   */
  name: pulumi.Input<string>;
  /** The name for people, in the console and on consent pages. The server's default is `name`. Changes in place. */
  displayName?: pulumi.Input<string> | undefined;
  /** What the scope permits. The server's default is none. Changes in place. */
  description?: pulumi.Input<string> | undefined;
}

/** What a program says of an API. What is left out is not managed: it keeps the value that it has on the server. */
export interface ApiResourceArgs extends ControlArgs {
  /** The name for people, in at most 255 characters. Changes in place. */
  name: pulumi.Input<string>;
  /**
   * The identifier, unique in the tenant, in at most 255 characters: the audience of the API's tokens, as a rule its URL
   * (RFC 8707 section 2). Changing it replaces the resource.
   */
  identifier: pulumi.Input<string>;
  /** What the API is for, in at most 1,023 characters. The server's default is none. Changes in place. */
  description?: pulumi.Input<string> | undefined;
  /**
   * Whether an application needs a policy that checks roles (RBAC) to get its scopes. The server's default is true. Changing
   * it replaces the resource.
   */
  requiresAuthorization?: pulumi.Input<boolean> | undefined;
  /**
   * All scopes of the API; the order means nothing. Each is added, changed and removed by itself, so that authorizations
   * and roles keep those that stay. Changes in place.
   *
   * A name that is new costs a look-up of all scopes of the tenant, one for all resources of a process; where it is taken,
   * one request more for each API of the tenant's own, until the one that has it is found. Names may move between two APIs of
   * one program, or change places, in one `pulumi up`.
   */
  scopes?: pulumi.Input<pulumi.Input<ScopeArgs>[]> | undefined;
}
