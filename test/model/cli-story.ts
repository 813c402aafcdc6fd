import fc from "fast-check";
import type { FaultRule } from "../../sandbox/index";
import { chosen } from "../subjects/subject";
import type { Hold } from "../support/gateway";
import { renamed } from "./changes";
import type { Program } from "./declared";
import { faults } from "./fault-rules";
import { program, programInside } from "./program";

/** Who is killed while a request of the run is under way. */
export interface Kill extends Hold {
  readonly victim: "provider" | "CLI" | "both";
}

export interface CliRun {
  readonly program: Program;
  /** What a second provider has in an organization, under names of its own; undefined where there is none. */
  readonly inside?: Program | undefined;
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

/** Under names that no resource of the tenant has: both are in one program. */
const inside: fc.Arbitrary<Program> = programInside.map((all) =>
  all.map(({ name, refs, after: earlier, ...one }) => ({
    ...one,
    name: within(name),
    ...(earlier && { after: earlier.map(within) }),
    refs: Object.fromEntries(Object.entries(refs).map(([arg, ref]) => [arg, { ...ref, of: within(ref.of) }])),
  })),
);
const within = (name: string) => `inside-${name}`;

/** Whether a resource of this name is in the organization. */
export const isWithin = (name: string): boolean => name.startsWith(within(""));

const stories: fc.Arbitrary<CliStory> = fc
  .record({
    first: fc.option(fc.record({ program, inside, faults }), { nil: undefined }),
    program,
    inside,
    hasInside: fc.boolean(),
    next,
    pick: fc.nat(11),
    // Who changes the program before the killed run is repeated cannot know of an object that it has left behind.
    killed: fc.array(fc.record({ faults, kill: aKill }), {
      minLength: 1,
      maxLength: 2,
    }),
    inTurn: fc.boolean(),
  })
  .map(({ first, next: how, pick, killed, inTurn, hasInside, ...another }) => {
    const here = after(first?.program ?? [], another.program, first ? how : "another", pick);
    const there = after(first?.inside ?? [], another.inside, first ? how : "another", pick);
    const last = {
      program: here.program,
      forced: [...here.forced, ...(hasInside ? there.forced : [])],
      inside: hasInside ? there.program : undefined,
    };
    const before = first && { ...first, inside: hasInside ? first.inside : undefined, forced: [], kill: undefined };
    return { runs: [...(before ? [before] : []), ...killed.map((run) => ({ ...run, ...last }))], inTurn };
  });

export function storyOf(seed: number): CliStory {
  const [story] = fc.sample(stories, { seed, numRuns: 1 });
  if (!story) throw new Error("there is no story");
  return story;
}
