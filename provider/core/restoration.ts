import type { Api } from "../api/api";
import { AsgardeoError, PartialCreateError, reasonOf } from "../errors";
import { clean, type Properties, pick } from "./clean";
import type { Definition } from "./definition";
import type { Deleted } from "./program";
import type { Run } from "./run";
import { membersOf, type Plain } from "./schema";

/**
 * After a create that failed: where this run has deleted the object's predecessor to replace it, that one is put back, or
 * it is said that it is lost. Always throws.
 */
export async function putBack<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: Api,
  run: Run,
  args: Properties,
  error: unknown,
): Promise<never> {
  const { type, keys } = definition;
  const before = run.program.deletedBefore(type, keys, args);
  if (!before || error instanceof PartialCreateError) throw error;
  const reason = `${reasonOf(error)}\n${type} ${before.id} was deleted before that, to be replaced`;
  const back = definition.isRestorable ? await restored(definition, api, run, before) : undefined;
  if (back === true) {
    throw new PartialCreateError(before.id, clean(before.state), [`${reason}, and was put back as it was.`], {
      cause: error,
    });
  }
  const why = back === undefined ? "" : ` (putting it back failed, too: ${back})`;
  throw new AsgardeoError(
    `${reason}, and is gone now${why}. Mend what the message says, or take the change back, and run \`pulumi up\` again: that makes it anew.`,
    { cause: error },
  );
}

/** True, or why it could not be made again. */
async function restored<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  api: Api,
  run: Run,
  before: Deleted,
): Promise<true | string> {
  const args = pick(clean(before.state), membersOf(definition.args)) as Plain<Args>;
  try {
    await definition.create(api, args, run);
    return true;
  } catch (error) {
    return reasonOf(error);
  }
}
