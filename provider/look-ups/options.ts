import type * as pulumi from "@pulumi/pulumi";
import type { Provider } from "../provider";

/** Which tenant a look-up reads. */
export interface LookUpOptions {
  /** The tenant of an explicit provider. Left out, it is that of `parent`, or else of the stack's config and the environment. */
  provider?: Provider;
  /** A resource whose provider counts where `provider` is left out, such as the component that asks. */
  parent?: pulumi.Resource;
}

/** The same for the form that answers an Output. */
export interface LookUpOutputOptions extends LookUpOptions {
  /** Resources that have to be there before the tenant is asked. */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}
