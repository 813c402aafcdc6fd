import { randomUUID } from "node:crypto";
import type { Properties } from "./clean";

/**
 * In the state of each object is a mark of the resource that has it, made anew with each creation and each adoption, under
 * a name that Pulumi neither shows nor compares. Pulumi tells a provider no URN: by the mark, two resources that have one
 * object are told apart.
 */
export const holderProperty = "__holder";

/** The mark in a state; one that an earlier version has written has none. */
export function holderOf(state: Properties): string | undefined {
  const mark = state[holderProperty];
  return typeof mark === "string" ? mark : undefined;
}

export const newHolder = (): string => randomUUID();

/** Which resources of this run have which object. */
export class Holders {
  private readonly marks = new Map<string, Set<string | undefined>>();

  /** Notes that a resource which is in the program, or which the program reads, has this object. */
  add(type: string, id: string, mark: string | undefined): void {
    const key = `${type} ${id}`;
    this.marks.set(key, (this.marks.get(key) ?? new Set()).add(mark));
  }

  /** Whether another resource has this object, too. */
  hasOther(type: string, id: string, mark: string | undefined): boolean {
    return [...(this.marks.get(`${type} ${id}`) ?? [])].some((other) => other !== mark);
  }

  /** Notes that this resource has it no longer. */
  remove(type: string, id: string, mark: string | undefined): void {
    this.marks.get(`${type} ${id}`)?.delete(mark);
  }
}
