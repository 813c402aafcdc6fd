import { z } from "zod";
import type { Collection } from "../collection";

const record = z.object({
  id: z.string(),
  store: z.string(),
  /** The user name, without its store. */
  name: z.string(),
  /** What the password is compared with; a user who was only invited has none yet. */
  passwordHash: z.string().optional(),
  /** Attributes as answers show them, by the name of the attribute or of its schema. */
  attributes: z.record(z.string(), z.unknown()),
  created: z.string(),
  lastModified: z.string(),
});

export type User = z.infer<typeof record>;

/** The users. */
export const users: Collection<User[]> = { content: z.array(record), empty: [] };
