/**
 * A client secret or an access token of the sandbox's own making. In the project's tests it begins with a text for which
 * all that a run writes is searched.
 */
export function marked(secret: string): string {
  return (process.env.PULUMI_ASGARDEO_SANDBOX_MARK ?? "") + secret;
}
