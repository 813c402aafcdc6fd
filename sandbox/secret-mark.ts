/**
 * What every client secret and access token that the sandbox makes begins with: nothing, but in its tests, which search
 * all that a run writes for it.
 */
const mark = process.env.PULUMI_ASGARDEO_SANDBOX_MARK ?? "";

/** A secret of the sandbox's own making. */
export function marked(secret: string): string {
  return mark + secret;
}
