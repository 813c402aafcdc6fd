import type * as pulumi from "@pulumi/pulumi";
import type { Given, Named } from "../core/named";

interface Made {
  readonly type: string;
  readonly args: Given;
  readonly resource: pulumi.Resource;
}

/** What each run of a program has declared so far. A process may run programs one after the other. */
const declared = new WeakMap<object, Made[]>();

function declaredIn(run: object): Made[] {
  const all = declared.get(run) ?? [];
  declared.set(run, all);
  return all;
}

/** Notes a resource of a program, so that others which it declares later may come after it. */
export function note(run: object, made: Made): void {
  declaredIn(run).push(made);
}

/**
 * The resources that one has to come after although no output leads to it from them, of those that stand before it in the
 * program: none of them can wait for it in its turn.
 */
export function before(run: object, { comesAfter }: Pick<Named<object>, "comesAfter">, args: Given): pulumi.Resource[] {
  if (!comesAfter) return [];
  return declaredIn(run)
    .filter((each) => comesAfter(args, each.type, each.args))
    .map(({ resource }) => resource);
}
