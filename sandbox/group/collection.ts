import { z } from "zod";
import type { Collection } from "../collection";

const record = z.object({
  id: z.string(),
  store: z.string(),
  name: z.string(),
  /** Whether the primary user store was named with the name: answers repeat what was sent. */
  prefixed: z.boolean(),
  /** The ids of users of the same store. */
  members: z.array(z.string()),
  created: z.string(),
  lastModified: z.string(),
});

export type Group = z.infer<typeof record>;

/** The groups of users. */
export const groups: Collection<Group[]> = {
  content: z.array(record),
  empty: [],
  forget: {
    users: (tenant, ids) => {
      for (const group of tenant.groups) group.members = group.members.filter((id) => !ids.has(id));
    },
  },
};
