import type * as pulumi from "@pulumi/pulumi";

/** Args of every resource that steer the provider instead of describing the object. */
export interface ControlArgs {
  /**
   * Takes an existing object with the same natural key over and brings it to what is declared, instead of failing because
   * it is taken. Only an exact match is taken, and a preview says which and what will change. From then on it is managed
   * like any other: `destroy` deletes it, unless the resource has Pulumi's option `retainOnDelete`. The default is false.
   * Changing it later changes nothing.
   */
  adopt?: pulumi.Input<boolean> | undefined;
}
