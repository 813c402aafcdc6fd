/**
 * The text that Pulumi keeps in state as the provider of a resource, and runs in its provider process. It is constant
 * and a frozen contract: state written today must work with the package of years from now.
 */
export function stub(type: string): string {
  return `exports.handler=()=>require("pulumi-asgardeo/runtime").provider(${JSON.stringify(type)})`;
}
