import { AsgardeoError } from "../errors";
import { needsOf } from "./access";
import { refuseOtherTenant } from "./confirm";
import { framed } from "./frame";
import type { Lifecycle, Surroundings } from "./operations";
import type { Plain } from "./schema";
import type { SettingDefinition } from "./setting";
import { settingPreflight, whichOf } from "./setting-preflight";

/**
 * Runs the definition of a setting over its life: a create puts it, whatever is there; a read never finds it gone; a delete
 * resets it. State holds what the program wrote for args, and what the server said for outputs.
 */
export function settingLifecycle<Args extends object, Outputs extends object>(
  definition: SettingDefinition<Args, Outputs>,
  surroundings: Surroundings,
): Lifecycle {
  const { type, replaceOn } = definition;
  const { api, run } = surroundings;
  const ahead = settingPreflight(definition, run);
  const frame = framed(definition, needsOf(definition.needs), surroundings, ahead);
  const { permitted } = frame;

  /** Writes to one setting, one after the other: a put and a reset at once would leave either of the two. */
  const inTurn = <T>(id: string, work: () => Promise<T>) => api().inTurn(`${type} ${id}`, work);

  /** A setting that there is once has one id, so a look-up by another one means something else. */
  function refuseOtherId(id: string): void {
    const only = replaceOn.length === 0 ? definition.id({} as Plain<Args>) : id;
    if (id !== only) throw new AsgardeoError(`id: ${JSON.stringify(id)} must be ${JSON.stringify(only)}`);
  }

  return {
    check: frame.check,
    preflight: frame.preflight,
    diff: frame.diff,

    create: (given) =>
      frame.create(given, (args, holder) => {
        const id = definition.id(args);
        return inTurn(id, async () => {
          const outputs = await definition.put(permitted("create"), args, undefined, run);
          // Before the turn ends: the resource that had it under another name may be about to reset it.
          run.holders.add(type, id, holder);
          return { id, outputs };
        });
      }),

    read: (id, properties) =>
      frame.guarded([properties], async () => {
        refuseOtherTenant(type, id, api(), properties);
        const state = frame.stateOf(properties);
        if (frame.isLookUp(state)) refuseOtherId(id);
        const live = await definition.read(permitted("read"), id, state);
        const args = { ...live?.args, ...whichOf(definition, state.args) };
        return frame.found(id, properties, { args: args as Partial<Plain<Args>>, outputs: live?.outputs ?? {} });
      }),

    async update(id, properties, given) {
      refuseOtherTenant(type, id, api(), properties);
      return frame.update(id, properties, given, (args, state) =>
        inTurn(id, () => definition.put(permitted("update"), args, state, run)),
      );
    },

    delete: (id, properties) =>
      frame.guarded([properties], () =>
        inTurn(id, async () => {
          if (frame.isKept(id, properties)) return;
          refuseOtherTenant(type, id, api(), properties);
          await definition.reset(permitted("delete"), frame.stateOf(properties), run);
        }),
      ),
  };
}
