import fc from "fast-check";
import type { FaultRule, Server } from "../../sandbox/index";
import { allSubjects } from "../subjects/index";
import type { Subject } from "../subjects/subject";
import { changeWell, foreign } from "./changed";
import { type Change, type ChangeName, changes } from "./changes";
import type { Program } from "./declared";
import { faults } from "./fault-rules";
import { elsewhere, whileDisabled } from "./inside";
import { isInOrganizations, keyOf, possibleInside, program, programInside } from "./program";
import { settle } from "./settled";
import { countType, figures, tellUser } from "./user";
import type { World } from "./world";

/**
 * What happens to a stack: a run of Pulumi, something in the console, or a change of the program and its run. It is that
 * of the organization where it says `inside`, and that of the tenant otherwise.
 */
export type Event = { readonly inside?: boolean } & (
  | {
      readonly run: "up" | "refresh" | "up --refresh";
      readonly program: number;
      readonly preview: boolean;
      readonly faults: readonly FaultRule[];
      /** Whether somebody has disabled the organization meanwhile. */
      readonly isDisabled?: boolean;
    }
  | { readonly edit: string; readonly pick: number }
  | {
      readonly change: ChangeName;
      readonly pick: number;
      readonly isParallel: boolean;
      readonly faults: readonly FaultRule[];
    }
);

export interface Story {
  readonly server: Server;
  readonly programs: readonly Program[];
  /** Those for an organization, by a provider of its own; with none of them there is no organization. */
  readonly programsInside: readonly Program[];
  readonly events: readonly Event[];
}

const run: fc.Arbitrary<Event> = fc.record({
  run: fc.constantFrom("up" as const, "up" as const, "up --refresh" as const, "refresh" as const),
  program: fc.nat(3),
  preview: fc.boolean(),
  faults,
});
const edits = new Map(
  allSubjects.flatMap(({ type, inStories }) =>
    Object.entries(inStories.edits).map(([name, edit]) => [name, { type, edit }]),
  ),
);

/** Something that is done to objects of these types. What brings the most about is done the most often. */
const editOf = (all: readonly Subject[]): fc.Arbitrary<Extract<Event, { edit: string }>> =>
  fc.record({
    edit: fc.oneof(
      fc.constantFrom(...all.flatMap(({ inStories }) => Object.keys(inStories.edits))),
      fc.constantFrom(...all.flatMap(({ inStories }) => inStories.drastic)),
    ),
    pick: fc.nat(11),
  });
const edit = editOf(allSubjects);

const change: fc.Arbitrary<Event> = fc.record({
  change: fc.constantFrom(...(Object.keys(changes) as ChangeName[])),
  pick: fc.nat(11),
  isParallel: fc.boolean(),
  faults,
});

/** The same in the organization. */
const inside: fc.Arbitrary<Event> = fc
  .oneof(
    { weight: 3, arbitrary: fc.tuple(run, fc.nat(7)).map(([one, n]) => ({ ...one, isDisabled: n === 7 })) },
    { weight: 2, arbitrary: editOf(allSubjects.filter(isInOrganizations)) },
    { weight: 1, arbitrary: change },
  )
  .map((event) => ({ ...event, inside: true }));

export const story: fc.Arbitrary<Story> = fc.record({
  // WSO2 Identity Server 7.0 knows neither `enabled` nor a change of a scope in place.
  server: fc.constantFrom("asgardeo", "asgardeo", "7.2", "7.1"),
  programs: fc.array(program, { minLength: 1, maxLength: 4, size: "max" }),
  programsInside: fc.array(programInside, { maxLength: 3, size: "max" }),
  events: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: run },
      { weight: 4, arbitrary: edit },
      { weight: 2, arbitrary: change },
      { weight: 3, arbitrary: inside },
    ),
    {
      maxLength: 12,
      size: "max",
    },
  ),
});

/** Lives through a story. What fails is told to the user, who does what the message asks for. */
export async function live(world: World, inside: World | undefined, given: Story): Promise<void> {
  const programsInside = given.programsInside.map((all) => possibleInside(all, given.server));
  for (const event of given.events) {
    const [here, programs] = event.inside ? [inside, programsInside] : [world, given.programs];
    if (!here) continue;
    const before = elsewhere(here);
    const sent = here.sandbox.requests.length;
    await happen(here, event, programs);
    const written = here.requests(sent, "elsewhere").filter(isWrite);
    if (written.length > 0) throw new Error(`written elsewhere: ${written.map(({ path }) => path).join(", ")}`);
    if (elsewhere(here) !== before) throw new Error(`something has changed elsewhere by ${JSON.stringify(event)}`);
  }
}

const isWrite = ({ method, path }: { method: string; path: string }) => method !== "GET" && !path.endsWith("/token");

async function happen(world: World, event: Event, programs: readonly Program[]): Promise<void> {
  if ("edit" in event) {
    const before = world.edits;
    const { type, edit: done } = edits.get(event.edit) ?? {};
    await done?.(world, event.pick);
    if (type === undefined || world.edits === before) return;
    figures.edits++;
    countType(type, "edited");
  } else if ("change" in event) {
    await changed(world, event);
  } else {
    figures.runs++;
    const wanted = programs[event.program % programs.length] ?? [];
    const work = () => underFaults(world, event.faults, (say) => runOf(world, event, wanted, say));
    await (event.isDisabled ? whileDisabled(world, work) : work());
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
    await world.stack.up(world.provider(say), made.program, how);
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
    const [first] = await world.stack.preview(world.provider(), wanted);
    if (first) throw first;
  }
  const provider = world.provider(say);
  if (kind !== "up") await world.stack.refresh(provider);
  if (kind !== "refresh") await world.stack.up(provider, wanted);
}
