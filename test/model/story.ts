import fc from "fast-check";
import type { FaultRule, Server } from "../../sandbox/index";
import { allSubjects } from "../subjects/index";
import { changeWell, foreign } from "./changed";
import { type Change, type ChangeName, changes } from "./changes";
import type { Program } from "./declared";
import { faults } from "./fault-rules";
import { keyOf, program } from "./program";
import { providerOn } from "./provider";
import { settle } from "./settled";
import { figures, tellUser } from "./user";
import type { World } from "./world";

/** What happens to a stack: a run of Pulumi, something in the console, or a change of the program and its run. */
export type Event =
  | {
      readonly run: "up" | "refresh" | "up --refresh";
      readonly program: number;
      readonly preview: boolean;
      readonly faults: readonly FaultRule[];
    }
  | { readonly edit: string; readonly pick: number }
  | {
      readonly change: ChangeName;
      readonly pick: number;
      readonly isParallel: boolean;
      readonly faults: readonly FaultRule[];
    };

export interface Story {
  readonly server: Server;
  readonly programs: readonly Program[];
  readonly events: readonly Event[];
}

const run: fc.Arbitrary<Event> = fc.record({
  run: fc.constantFrom("up" as const, "up" as const, "up --refresh" as const, "refresh" as const),
  program: fc.nat(3),
  preview: fc.boolean(),
  faults,
});
const edits = Object.fromEntries(allSubjects.flatMap(({ inStories }) => Object.entries(inStories.edits)));
/** What brings the most about is done the most often. */
const drastic = allSubjects.flatMap(({ inStories }) => inStories.drastic);
const edit: fc.Arbitrary<Event> = fc.record({
  edit: fc.oneof(fc.constantFrom(...Object.keys(edits)), fc.constantFrom(...drastic)),
  pick: fc.nat(11),
});

const change: fc.Arbitrary<Event> = fc.record({
  change: fc.constantFrom(...(Object.keys(changes) as ChangeName[])),
  pick: fc.nat(11),
  isParallel: fc.boolean(),
  faults,
});

export const story: fc.Arbitrary<Story> = fc.record({
  // WSO2 Identity Server 7.0 knows neither `enabled` nor a change of a scope in place.
  server: fc.constantFrom("asgardeo", "asgardeo", "7.2", "7.1"),
  programs: fc.array(program, { minLength: 1, maxLength: 4, size: "max" }),
  events: fc.array(
    fc.oneof({ weight: 3, arbitrary: run }, { weight: 2, arbitrary: edit }, { weight: 1, arbitrary: change }),
    {
      maxLength: 10,
      size: "max",
    },
  ),
});

/** Lives through a story. What fails is told to the user, who does what the message asks for. */
export async function live(world: World, { programs, events }: Story): Promise<void> {
  for (const event of events) {
    if ("edit" in event) {
      figures.edits++;
      await edits[event.edit]?.(world, event.pick);
    } else if ("change" in event) {
      await changed(world, event);
    } else {
      figures.runs++;
      const wanted = programs[event.program % programs.length] ?? [];
      await underFaults(world, event.faults, (say) => runOf(world, event, wanted, say));
    }
  }
}

/** A change of a program that is settled goes well; faults may hold it up, and then later runs make up for it. */
async function changed(world: World, event: Extract<Event, { change: unknown }>): Promise<void> {
  await settle(world);
  const { change, pick, isParallel, faults: rules } = event;
  const made: Change | undefined = changes[change](world, pick);
  if (rules.length === 0 || !made || made.refused) {
    const found = await changeWell(world, change, pick, isParallel);
    if (found.length > 0) throw new Error(found.join("\n"));
    return;
  }
  figures.changes++;
  world.program = made.program;
  const how = { isParallel, ...(made.forced && { forced: made.forced }) };
  await underFaults(world, rules, async (say) => {
    await world.stack.up(providerOn(world.sandbox, say), made.program, how);
  });
}

/** Runs something while the server has faults. */
async function underFaults(
  world: World,
  rules: readonly FaultRule[],
  work: (say: (text: string) => void) => Promise<void>,
): Promise<void> {
  const before = world.sandbox.requests.length;
  const old = [...world.stack.saved.values(), ...world.stack.outdated];
  const told = world.told.length;
  const said: string[] = [];
  world.sandbox.setFaults(rules);
  await work((text) => void said.push(text)).catch((error) => tellUser(world, error));
  world.sandbox.setFaults([]);
  world.restoreBootstrap();
  const alien = foreign(world, old, before);
  if (alien.length > 0) throw new Error(alien.join("\n"));
  const played = world.sandbox.requests.slice(before).flatMap(({ fault }) => fault ?? []);
  figures.faults += played.length;
  const isStale = played.some(({ kind }) => kind === "stale-read");
  if (isStale) {
    for (const { resource } of world.told.slice(told)) world.inDoubt.add(keyOf(resource) ?? resource.name);
    for (const text of said) world.inDoubt.add(/^\w+ (\S+) does not exist/.exec(text)?.[1] ?? "");
  }
  await world.forgetOvertaken(isStale);
}

async function runOf(
  world: World,
  { run: kind, preview }: Extract<Event, { run: unknown }>,
  wanted: Program,
  say: (text: string) => void,
): Promise<void> {
  if (kind !== "refresh") world.program = wanted;
  if (preview && kind !== "refresh") {
    const [first] = await world.stack.preview(providerOn(world.sandbox), wanted);
    if (first) throw first;
  }
  const provider = providerOn(world.sandbox, say);
  if (kind !== "up") await world.stack.refresh(provider);
  if (kind !== "refresh") await world.stack.up(provider, wanted);
}
