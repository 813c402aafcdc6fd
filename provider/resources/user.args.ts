import type * as pulumi from "@pulumi/pulumi";
import type { ControlArgs } from "../core/control-args";

/** The parts of a person's name. */
export interface PersonNameArgs {
  /** The given name. The server's default is none. Changes in place. */
  givenName?: pulumi.Input<string> | undefined;
  /** The family name. The server's default is none. Changes in place. */
  familyName?: pulumi.Input<string> | undefined;
}

/** An e-mail address of a user. */
export interface EmailArgs {
  /** The address, such as `kim@example.com`. Changes in place. */
  value: pulumi.Input<string>;
  /**
   * What kind it is: `work` or `home`, each once. The server's default is none: then it is the address that applications
   * get by the claim `email`. Changes in place.
   */
  type?: pulumi.Input<"work" | "home"> | undefined;
  /**
   * Whether it is the address that applications get by the claim `email`, where it has a type; at most one is. The server's
   * default is false. Changes in place. Servers that do not show it are taken to have it as declared.
   */
  primary?: pulumi.Input<boolean> | undefined;
}

/** What a program says of a user. What is left out is not managed: it keeps the value that it has on the server. */
export interface UserArgs extends ControlArgs {
  /**
   * The name by which the user signs in, unique in its user store whatever its case, in at most 255 characters; without
   * the user store and without `/`. Asgardeo wants an e-mail address, unless it is set otherwise. Changing it replaces the user.
   */
  userName: pulumi.Input<string>;
  /**
   * The user store that the user is in: `DEFAULT` has the users of customers in Asgardeo. The server's default is `PRIMARY`,
   * which has the administrators in Asgardeo. Changing it replaces the user.
   */
  userStore?: pulumi.Input<string> | undefined;
  /** The person's name. The server's default is none. Changes in place. */
  name?: pulumi.Input<PersonNameArgs> | undefined;
  /**
   * All e-mail addresses, one of each type and one without; the order means nothing. The server's default is none. Changes
   * in place.
   */
  emails?: pulumi.Input<pulumi.Input<EmailArgs>[]> | undefined;
  /**
   * The password, by the rules of the tenant. It is a secret, encrypted in state; it is never read, so one that the user or
   * somebody else has changed is no drift. The default is none: a new user needs it, or `askPassword`. Changes in place:
   * another text is sent, and so is the same one with another `passwordVersion`. Taken out, the user keeps it. A user that
   * is adopted keeps their own one, until it changes here.
   */
  password?: pulumi.Input<string> | undefined;
  /**
   * Any text, such as a date. The default is none. Changes in place: another text sets `password` again, whatever the user
   * has made of it meanwhile; taken out, it leaves the password as it is. With the creation of a user it is just noted.
   */
  passwordVersion?: pulumi.Input<string> | undefined;
  /**
   * Whether a new user is invited by e-mail to choose a password, in the place of `password`: it needs an address in
   * `emails`, and the invitations have to be switched on in the tenant. The default is false. It counts when the user is
   * made; changing it later changes nothing.
   */
  askPassword?: pulumi.Input<boolean> | undefined;
  /**
   * The ids of groups of the same user store that the user is to be in; the order means nothing. The default is none. Other
   * groups of the user stay as they are. Changes in place: one that is taken out loses the user. Either this or `members` of
   * a `Group` says that a user is in a group: where both do so of one group, it is a failure.
   */
  groups?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}
