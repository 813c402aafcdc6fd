import type { Api } from "../api/api";
import { AsgardeoError, isGone } from "../errors";
import { permission } from "./access";
import type { Properties } from "./clean";
import { confirmGone, refuseElsewhere, refuseOtherOrganization, tenantOf } from "./confirm";
import { controls } from "./controls";
import type { Created, Definition } from "./definition";
import { framed } from "./frame";
import { nameIn } from "./hidden-members";
import { objectText } from "./naming";
import type { Lifecycle, Surroundings } from "./operations";
import { preflight } from "./preflight";
import { adopted, recovered } from "./recovery";
import { putBack } from "./restoration";
import type { Plain } from "./schema";

export type { Lifecycle, Outlook, Surroundings } from "./operations";

/**
 * Runs a definition over its life. State holds what the program wrote for args, and what the server said for outputs.
 */
export function lifecycle<Args extends object, Outputs extends object>(
  definition: Definition<Args, Outputs>,
  surroundings: Surroundings,
): Lifecycle {
  const { type, needs } = definition;
  const { api, run } = surroundings;
  const ahead = preflight(definition, run);
  const frame = framed(definition, needs, surroundings, ahead);
  const { permitted } = frame;

  async function made(args: Plain<Args>, holder: string): Promise<Created<Outputs>> {
    const permittedApi = permitted("create");
    const existing = controls(args as Properties).adopt
      ? await definition.match(permittedApi, args as Properties, run, true)
      : undefined;
    if (existing) {
      run.holders.add(type, existing.id, holder);
      return adopted(definition, permitted("update"), existing, args, run);
    }
    const created = await recovered(definition, permittedApi, args, run, ahead.wasAbsent(args));
    run.program.noteMade(type, created.id);
    return created;
  }

  return {
    check: frame.check,
    preflight: frame.preflight,
    diff: frame.diff,

    create: (given) =>
      frame.create(given, made, (args, error) =>
        putBack(definition, permitted("create"), run, args as Properties, error),
      ),

    read: (id, properties) =>
      frame.guarded([properties], async () => {
        refuseOtherOrganization(type, id, surroundings.api, properties);
        const state = frame.stateOf(properties);
        const api = permitted("read");
        const live = await definition.read(api, id, state);
        if (live !== undefined) return frame.found(id, properties, live);
        if (frame.isLookUp(state)) {
          throw new AsgardeoError(`id: ${tenantOf(api)} has no ${type} with the id ${JSON.stringify(id)}`);
        }
        await confirmGone(definition, api, id, properties, run);
        run.say(
          `${objectText(type, id, properties)} does not exist in ${tenantOf(api)} any more: a refresh takes it out of the state.`,
        );
        return undefined;
      }),

    update: (id, properties, given) =>
      frame.update(id, properties, given, async (args, state) => {
        refuseOtherOrganization(type, id, api, properties);
        return definition.update(permitted("update"), id, args, state, run).catch((error: unknown) => {
          throw isGone(error, definition.path(id).text) ? gone(type, id, api(), error) : error;
        });
      }),

    delete: (id, properties) =>
      frame.guarded([properties], async () => {
        if (frame.isKept(id, properties)) return;
        refuseOtherOrganization(type, id, api, properties);
        const state = frame.stateOf(properties);
        // As a rule nothing is read, so that the token is one to delete and nothing else.
        const reading = () => api().permitted(permission(needs, ["read"]));
        await refuseElsewhere(definition, reading(), id, properties, state);
        try {
          await definition.delete(permitted("delete"), id, state, run);
        } catch (error) {
          if (!isGone(error, definition.path(id).text)) throw error;
          await confirmGone(definition, reading(), id, properties, run);
        }
        run.program.noteDeleted(type, { id, name: nameIn(properties), state: properties });
      }),
  };
}

function gone(type: string, id: string, api: Api, cause: Error): AsgardeoError {
  const advice = "Run `pulumi refresh`, and then `pulumi up`, which makes it anew.";
  return new AsgardeoError(
    `${cause.message}\n${type} ${id} is in the state, but seems to be gone from ${tenantOf(api)}. ${advice}`,
    { cause },
  );
}
