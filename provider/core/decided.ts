import type { z } from "zod";
import type { Properties } from "./clean";
import { markOf, shapeOf } from "./schema";

/**
 * Under this name, state has which of the args are said by the program that the server decides where they are left out: the
 * state has all of them, and what the server has decided is no arg of the program.
 */
export const decidedProperty = "__decided";

/** The mark of these args for the state: none where nothing of it is said. */
export function saidOf(schema: z.ZodType, args: object): Properties {
  const said = decidedArgs(schema).filter((name) => (args as Properties)[name] !== undefined);
  return said.length === 0 ? {} : { [decidedProperty]: said };
}

/** What of live args counts as said by the program, by the mark in its state. */
export function withoutDecided(schema: z.ZodType, live: Properties, properties: Properties): Properties {
  const said = properties[decidedProperty];
  const isSaid = (name: string) => Array.isArray(said) && said.includes(name);
  const left = new Set(decidedArgs(schema).filter((name) => !isSaid(name)));
  return Object.fromEntries(Object.entries(live).filter(([name]) => !left.has(name)));
}

function decidedArgs(schema: z.ZodType): string[] {
  const shape = shapeOf(schema) ?? {};
  return Object.keys(shape).filter((name) => markOf(shape[name]).decided);
}
