import type * as pulumi from "@pulumi/pulumi";

/** How the client secret is kept and changed. The server knows nothing of these args, so they never drift. */
export interface SecretArgs {
  /**
   * Whether the client secret is kept in state, encrypted, and is there as the output `clientSecret`. The default is
   * true. With false it is neither; a deployment gets it from the console (tab Protocol of the application), or by a GET
   * of `/api/server/v1/applications/<id>/inbound-protocols/oidc` with the scope
   * `internal_application_mgt_client_secret_view`. Changes in place: false takes it out of state at that update, true
   * reads it. A history of states that the backend keeps still has it.
   */
  storeSecret?: pulumi.Input<boolean> | undefined;
  /**
   * Any text, such as a date. The default is none. Changes in place: another text makes a new client secret, also where
   * there was none before in the program; taken out, it leaves the secret as it is. With the creation of an application
   * it is just noted. Where the server has several secrets for an application, the old one stays valid beside the new
   * one, until the next change or for `secretOverlapDays`; one that is older still is deleted. On other servers the
   * secret is regenerated: the old one and all tokens of the application end at once. The preview says which of it will
   * be, and until when the old secret lives. Not for public clients. In an organization, where the server lets nobody
   * delete a secret, the old one is to be deleted in the console before the next change.
   */
  secretVersion?: pulumi.Input<string> | undefined;
  /**
   * For how many days the old secret stays valid after a change of `secretVersion`, from 0 to 365. The default is until
   * the next change. With 0 the same update deletes it; otherwise the first `pulumi up` after those days does, since the
   * server cannot be told to end a secret later. Changes in place, also for an old secret that is still valid. It has
   * no effect where the server has one secret for an application. In an organization it is an error.
   */
  secretOverlapDays?: pulumi.Input<number> | undefined;
}
