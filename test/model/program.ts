import fc from "fast-check";
import type { Server } from "../../sandbox/index";
import { allSubjects, subjects } from "../subjects/index";
import type { Subject } from "../subjects/subject";
import type { TypeName } from "../support/managed";
import type { Declared, Program } from "./declared";

/** By what the tenant knows it, unless it is a link between two others. */
export function keyOf({ type, args }: Declared): string | undefined {
  return subjects[type].inStories.key(args);
}

const programOf = (of: readonly Subject[]): fc.Arbitrary<Program> =>
  fc
    .tuple(...of.map(({ inStories }) => inStories.declared))
    .map((parts) => parts.reduce<Program>((earlier, declare) => earlier.concat(declare(earlier)), []));

/** Some resources of every type. */
export const program = programOf(allSubjects);

const inOrganizations: readonly TypeName[] = ["Application", "Group", "User", "Role"];

/** Whether stories have resources of this type inside of an organization. */
export function isInOrganizations({ type }: { readonly type: TypeName }): boolean {
  return inOrganizations.includes(type);
}

/**
 * Some resources for an organization. What the tenant could share a copy of has names of its own there. An application
 * says nothing of a change of its secret: no scope of an organization deletes the old one.
 */
export const programInside: fc.Arbitrary<Program> = programOf(allSubjects.filter(isInOrganizations)).map((all) =>
  all.map((one) => {
    const member = one.type === "Application" ? "name" : one.type === "Role" ? "displayName" : undefined;
    if (member === undefined) return one;
    const { secretVersion: _, secretOverlapDays: __, ...args } = one.args;
    const name = `${args[member]} inside`;
    return { ...one, args: { ...args, [member]: name }, live: { ...one.live, [member]: name } };
  }),
);

/** As far as an organization of this server has it: the older ones have no applications of their own there. */
export function possibleInside(all: Program, server: Server): Program {
  if (server !== "7.1" && server !== "7.0") return all;
  return all.filter(({ type, refs }) => type !== "Application" && refs.application === undefined);
}
