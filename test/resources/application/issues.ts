import type { z } from "zod";

/** Where a schema finds something wrong. */
export function issuesOf(schema: z.ZodType, args: unknown): string[] {
  return (schema.safeParse(args).error?.issues ?? []).map((issue) => issue.path.join("."));
}
