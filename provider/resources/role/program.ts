import type { Properties } from "../../core/clean";
import { nameOf } from "../../core/naming";
import type { Declared } from "../../core/program";
import type { Run } from "../../core/run";
import { hasUnknown, isUnknown } from "../../core/unknown";
import type { RoleArgs } from "../role.args";
import { isObject } from "../wire";

/** The texts of a list that are known. */
export function textsOf(list: unknown): string[] {
  const all: readonly unknown[] = Array.isArray(list) ? list : [];
  return all.filter((each): each is string => typeof each === "string" && !isUnknown(each));
}

/** The names of the scopes that an API or an authorization declares. */
function scopesOf({ scopes }: Properties): string[] {
  const all: readonly unknown[] = Array.isArray(scopes) ? scopes : [];
  return textsOf(all.map((scope) => (isObject(scope) ? scope.name : scope)));
}

/** What gives a role its permissions: the authorizations of its application, or for the organization the APIs. */
interface Giver {
  readonly one: Declared;
  readonly had: readonly string[];
  readonly has: readonly string[];
}

/** Whether the args say which application it is, if any. */
export function isKnown({ application }: Properties): boolean {
  return !isUnknown(application);
}

/** The id of the application whose role it is; undefined for one of the organization. */
export function ownerOf({ application }: Properties): string | undefined {
  return typeof application === "string" && application !== "" ? application : undefined;
}

/** The givers that the program has declared by now, with what they have and had for this role. */
function giversOf(args: Properties, run: Run): Giver[] {
  const application = ownerOf(args);
  if (application === undefined) {
    return run.program
      .all("ApiResource")
      .map((one) => ({ one, had: scopesOf(one.old ?? {}), has: scopesOf(one.args) }));
  }
  return run.program.all("ApiAuthorization").flatMap((one) => {
    const [isNow, was] = [one.args.application === application, one.old?.application === application];
    if (!isNow && !was) return [];
    return [{ one, had: was ? scopesOf(one.old ?? {}) : [], has: isNow ? scopesOf(one.args) : [] }];
  });
}

/** What the program gives to this role, as far as it has said it by now. */
export function givenScopes(args: Properties, run: Run): Set<string> {
  return new Set(isKnown(args) ? giversOf(args, run).flatMap(({ has }) => has) : []);
}

/** All scopes of the APIs that the program has declared by now. */
export function scopesOfProgram(run: Run): string[] {
  return run.program.all("ApiResource").flatMap(({ args }) => scopesOf(args));
}

/** The permissions that this program takes from the role although it declares them, and who takes each. */
export function takenAway(args: Properties, run: Run): { scope: string; by: Declared }[] {
  if (!isKnown(args)) return [];
  const givers = giversOf(args, run);
  const given = new Set(givers.flatMap(({ has }) => has));
  return textsOf(args.permissions)
    .filter((scope) => !given.has(scope))
    .flatMap((scope) => {
      const giver = givers.find(
        ({ one, had, has }) => had.includes(scope) && !has.includes(scope) && !hasUnknown(one.args.scopes),
      );
      return giver ? [{ scope, by: giver.one }] : [];
    });
}

/** The permissions that this run takes from the role on its way, so that they have to be given again. */
export function lostOnTheWay(args: Properties, held: readonly string[], run: Run): string[] {
  if (!isKnown(args)) return [];
  const owner = ownerOf(args);
  const givers = giversOf(args, run);
  return textsOf(args.permissions)
    .filter((scope) => held.includes(scope))
    .filter(
      (scope) =>
        run.program.isLost(scope, owner) ||
        givers.some(
          ({ one, had, has }) =>
            has.includes(scope) && (one.fate === "is replaced" || (one.old && !had.includes(scope))),
        ),
    );
}

/** Waits until what the program gives to this role is there. */
export async function givenBefore(args: Properties, run: Run): Promise<void> {
  const wanted = textsOf(args.permissions);
  for (const { one, has } of giversOf(args, run)) {
    if (wanted.some((scope) => has.includes(scope))) await run.program.settled(one);
  }
}

/** Whether the program comes to give these to the role, within the time that it has: then they are there. */
export async function givenLater(args: Properties, scopes: readonly string[], run: Run): Promise<boolean> {
  const type = ownerOf(args) === undefined ? "ApiResource" : "ApiAuthorization";
  const isGiver = (one: Declared, scope: string) =>
    giversOf(args, run).some((giver) => giver.one === one && giver.has.includes(scope));
  for (const scope of scopes) {
    const one = await run.program.eventually(type, (each) => isGiver(each, scope), run.patience);
    if (!one) return false;
    await run.program.settled(one);
  }
  return true;
}

/** Whether a role, by its args as the program gives them, has to come after something that stands before it in the program. */
export function comesAfter(args: Given<RoleArgs>, type: string, other: Properties): boolean {
  if (type === "ApiAuthorization") return args.application !== undefined && args.application === other.application;
  if (type !== "ApiResource") return false;
  const wanted = textsOf(args.permissions);
  return scopesOf(other).some((scope) => wanted.includes(scope));
}

type Given<Args> = { readonly [K in keyof Args]?: unknown };

/** `the role "Reader"` */
export function roleText(args: Properties): string {
  return `the role ${JSON.stringify(nameOf(args) ?? "")}`;
}
