import fc from "fast-check";
import { allSubjects, subjects } from "../subjects/index";
import type { Declared, Program } from "./declared";

/** By what the tenant knows it, unless it is a link between two others. */
export function keyOf({ type, args }: Declared): string | undefined {
  return subjects[type].inStories.key(args);
}

/** Some resources of every type. */
export const program: fc.Arbitrary<Program> = fc
  .tuple(...allSubjects.map(({ inStories }) => inStories.declared))
  .map((parts) => parts.reduce<Program>((earlier, declare) => earlier.concat(declare(earlier)), []));
