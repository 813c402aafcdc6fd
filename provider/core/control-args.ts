import type * as pulumi from "@pulumi/pulumi";

/** Args of every resource that steer the provider instead of describing the object. */
export interface ControlArgs {
  /**
   * Takes an existing object with the same natural key over and brings it to what is declared, instead of failing because
   * it is taken. Only an exact match is taken, and a preview says which and what will change. From then on it is managed
   * like any other: `destroy` deletes it, unless the resource has Pulumi's option `retainOnDelete`. The default is false.
   * Changing it later changes nothing.
   *
   * It is not for a resource that was only renamed or moved in the program: Pulumi's option `aliases: [{ name: "old" }]`, or
   * `aliases: [{ parent: pulumi.rootStackResource }]` for one that has moved into a component, touches nothing in the tenant.
   * Nor is it for an object that another stack or program manages: the two would undo each other's changes, and whichever
   * destroys first deletes the object for both.
   *
   * Left in the program, it makes replacements safe that are forced by `--replace` or `pulumi state taint`, and that fail at
   * preview without it, since the object itself has the name: it is deleted first and made anew, because the classes set
   * `deleteBeforeReplace: true`. An object that another resource of the same run has is never deleted with the old URN: it
   * is kept, and a line of the run says so.
   */
  adopt?: pulumi.Input<boolean> | undefined;
}
