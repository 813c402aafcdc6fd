import type * as pulumi from "@pulumi/pulumi";
import type { ControlArgs } from "../core/control-args";

/** What a program says of an organization. What is left out is not managed: it keeps the value that it has on the server. */
export interface OrganizationArgs extends ControlArgs {
  /**
   * The name for people, in at most 255 characters, unique among all organizations of the tenant at any depth. Without a
   * blank at an end and without HTML; not `Super`, and not the name of the tenant's own organization. Changes in place.
   */
  name: pulumi.Input<string>;
  /**
   * The handle by which users find the organization when they sign in: lower-case letters, digits, `.`, `_` and `-`, unique
   * on the whole server, so that other customers may have it. The server's default is the organization's id. Changing it
   * replaces the organization; leaving it out of one that exists changes nothing. A handle is never free again, also not
   * when its organization is deleted.
   * @since 7.1
   */
  orgHandle?: pulumi.Input<string> | undefined;
  /** What the organization is. The server's default is none. Changes in place. */
  description?: pulumi.Input<string> | undefined;
  /**
   * The id of the organization above it. The server's default is the tenant's own organization. Changing it replaces the
   * organization; leaving it out of one that exists changes nothing. Below another one it is made by a token that is switched
   * to that one: see the scope below.
   */
  parentId?: pulumi.Input<string> | undefined;
  /**
   * Words of your own on it, by their keys. Keys and values are not empty and have no blank at an end. Those that the program
   * declares are managed; others are kept. The server's default is none. Changes in place.
   */
  attributes?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /**
   * `ACTIVE`, or `DISABLED`: nobody can sign in to a disabled one or change something in it, and its data stay. One with active
   * children cannot be disabled, and none can be activated below a disabled one. The server's default is `ACTIVE`. Changes in
   * place.
   */
  status?: pulumi.Input<"ACTIVE" | "DISABLED"> | undefined;
}

/** What the server decides about an organization. */
export interface OrganizationOutputs {
  /**
   * The handle, also where the program leaves it out. WSO2 Identity Server 7.0 has no handles.
   * @since 7.1
   */
  orgHandle: string;
  /** The id of the organization above it, also where the program leaves it out. */
  parentId: string;
}
