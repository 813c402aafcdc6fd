import fc from "fast-check";
import { AsgardeoError } from "../../provider/errors";
import type { FaultRule, Server } from "../../sandbox/index";
import { allSubjects } from "../subjects/index";
import type { Program } from "./declared";
import { faults } from "./fault-rules";
import { keyOf, program } from "./program";
import { providerOn, RunError } from "./stack";
import type { World } from "./world";

/** What happens to a stack: a run of Pulumi, or something in the console. */
export type Event =
  | {
      readonly run: "up" | "refresh" | "up --refresh";
      readonly program: number;
      readonly preview: boolean;
      readonly faults: readonly FaultRule[];
    }
  | { readonly edit: string; readonly pick: number };

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

export const story: fc.Arbitrary<Story> = fc.record({
  // WSO2 Identity Server 7.0 knows neither `enabled` nor a change of a scope in place.
  server: fc.constantFrom("asgardeo", "asgardeo", "7.2", "7.1"),
  programs: fc.array(program, { minLength: 1, maxLength: 4, size: "max" }),
  events: fc.array(fc.oneof({ weight: 3, arbitrary: run }, { weight: 2, arbitrary: edit }), {
    maxLength: 10,
    size: "max",
  }),
});

/** Figures over many stories. */
export const figures = { stories: 0, runs: 0, edits: 0, faults: 0, adopted: 0, removed: 0 };

/** Lives through a story. What fails is told to the user, who does what the message asks for. */
export async function live(world: World, { programs, events }: Story): Promise<void> {
  for (const event of events) {
    if ("edit" in event) {
      figures.edits++;
      await edits[event.edit]?.(world, event.pick);
      continue;
    }
    figures.runs++;
    const wanted = programs[event.program % programs.length] ?? [];
    const before = world.sandbox.requests.length;
    const told = world.told.length;
    const said: string[] = [];
    world.sandbox.setFaults(event.faults);
    const say = (text: string) => void said.push(text);
    await runOf(world, event, wanted, say).catch((error) => tellUser(world, error));
    world.sandbox.setFaults([]);
    world.restoreBootstrap();
    const played = world.sandbox.requests.slice(before).flatMap(({ fault }) => fault ?? []);
    figures.faults += played.length;
    const isStale = played.some(({ kind }) => kind === "stale-read");
    if (isStale) {
      for (const { resource } of world.told.slice(told)) world.inDoubt.add(keyOf(resource) ?? resource.name);
      for (const text of said) world.inDoubt.add(/^\w+ (\S+) does not exist/.exec(text)?.[1] ?? "");
    }
    await world.forgetOvertaken(isStale);
  }
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

/** Tells the user of a failure, who adds what the message asks for; only errors that are meant for users may come. */
export function tellUser(world: World, error: unknown): void {
  if (!(error instanceof RunError)) throw error;
  const { cause, resource } = error;
  if (!(cause instanceof AsgardeoError) && !(cause instanceof Error && cause.constructor === Error)) throw cause;
  world.told.push(error);
  if (!cause.message.includes("`adopt: true`") || world.stack.adopt.has(resource.name)) return;
  world.stack.adopt.add(resource.name);
  figures.adopted++;
}
