import fc from "fast-check";
import type { FaultRule } from "../../sandbox/index";
import { chosen } from "../subjects/subject";
import type { Hold } from "../support/gateway";
import { renamed } from "./changes";
import type { Program } from "./declared";
import { faults } from "./fault-rules";
import { program } from "./program";

/** Who is killed while a request of the run is under way. */
export interface Kill extends Hold {
  readonly victim: "provider" | "CLI" | "both";
}

export interface CliRun {
  readonly program: Program;
  /** The resources whose replacement is forced, as far as they are in the state. */
  readonly forced: readonly string[];
  readonly faults: readonly FaultRule[];
  readonly kill: Kill | undefined;
}

/** Some runs of `pulumi up`, the last of which is to be without any fault. */
export interface CliStory {
  readonly runs: readonly CliRun[];
  /** Whether the engine does one thing after the other, so that everything comes in the same order each time. */
  readonly inTurn: boolean;
}

const aKill: fc.Arbitrary<Kill> = fc.record({
  victim: fc.constantFrom("provider" as const, "CLI" as const, "both" as const),
  skip: fc.nat(4),
  only: fc.constantFrom("writes" as const, "writes" as const, "all" as const),
  when: fc.constantFrom("before" as const, "after" as const),
});

/** What becomes of a program that is deployed: another one, or the same with a change that Pulumi's state has a part in. */
type Next =
  | "another"
  | "a new name"
  | "new names"
  | "new names, with aliases"
  | "forced"
  | "forced, the old object first";

const next = fc.constantFrom<Next>(
  "another",
  "another",
  "a new name",
  "new names",
  "new names, with aliases",
  "forced",
  "forced, the old object first",
);

/** The program that is to be at last. */
function after(first: Program, another: Program, how: Next, pick: number): Pick<CliRun, "program" | "forced"> {
  const one = chosen(first, pick);
  if (how === "another" || !one) return { program: another, forced: [] };
  if (how === "a new name") return { program: renamed(first, [one], false), forced: [] };
  if (how === "new names") return { program: renamed(first, first, false), forced: [] };
  if (how === "new names, with aliases") return { program: renamed(first, first, true), forced: [] };
  const wanted = how === "forced" ? one : { ...one, deleteBeforeReplace: true as const };
  return { program: first.map((each) => (each === one ? wanted : each)), forced: [one.name] };
}

const stories: fc.Arbitrary<CliStory> = fc
  .record({
    first: fc.option(fc.record({ program, faults }), { nil: undefined }),
    program,
    next,
    pick: fc.nat(11),
    // Who changes the program before the killed run is repeated cannot know of an object that it has left behind.
    killed: fc.array(fc.record({ faults, kill: aKill }), {
      minLength: 1,
      maxLength: 2,
    }),
    inTurn: fc.boolean(),
  })
  .map(({ first, program: another, next: how, pick, killed, inTurn }) => {
    const last = first ? after(first.program, another, how, pick) : { program: another, forced: [] };
    return {
      runs: [
        ...(first ? [{ ...first, forced: [], kill: undefined }] : []),
        ...killed.map((run) => ({ ...run, ...last })),
      ],
      inTurn,
    };
  });

export function storyOf(seed: number): CliStory {
  const [story] = fc.sample(stories, { seed, numRuns: 1 });
  if (!story) throw new Error("there is no story");
  return story;
}
