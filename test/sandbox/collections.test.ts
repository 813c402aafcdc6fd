import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StateError, startSandbox } from "../../sandbox";
import type { Collection } from "../../sandbox/collection";
import { collections } from "../../sandbox/collections";
import { newTenant, parseTenant } from "../../sandbox/tenant";
import { objectOf, temporaryFolder } from "./support";

/** A collection such as a later version may have: its seed looks at what is there already. */
const notes: Collection<string[]> = {
  content: z.array(z.string()),
  empty: [],
  seed: (tenant) => {
    Object.assign(tenant, { notes: [`${tenant.applications.length} applications`] });
  },
};
const later = { ...collections, notes };

/** A state file that version 0.1.0 has written. */
function older(): Record<string, unknown> {
  return objectOf(JSON.parse(readFileSync(join(__dirname, "..", "state", "v0.1.0", "tenant.json"), "utf8")));
}

test("a state file from before a collection gets what a new tenant has of it, and keeps the rest", () => {
  const { data } = parseTenant(older(), later);
  expect(data).toMatchObject({ ...older(), notes: [`${data?.applications.length} applications`] });
  expect(Object.keys(data ?? {}).sort()).toEqual([...Object.keys(newTenant("new", "asgardeo")), "notes"].sort());
});

test("a state file that has the collection keeps its own", () => {
  expect(parseTenant({ ...older(), notes: ["mine"] }, later).data).toMatchObject({ notes: ["mine"] });
  expect(parseTenant({ ...older(), notes: [] }, later).data).toMatchObject({ notes: [] });
  expect(parseTenant({ ...older(), notes: "mine" }, later).success).toBe(false);
});

test("a state file of a later version is not read: what this one does not know would be lost", () => {
  expect(parseTenant({ ...older(), notes: [] }).success).toBe(false);
});

test.each(["applications", "apiResources", "nextKey", "oidcScopes"])(
  "a state file without %s, which every version writes, is damaged",
  async (member) => {
    const state = join(temporaryFolder(), "state.json");
    const { [member]: _, ...rest } = older();
    writeFileSync(state, JSON.stringify(rest));
    const attempt = startSandbox({ state });
    await expect(attempt).rejects.toThrow(StateError);
    await expect(attempt).rejects.toThrow(`is damaged: ${member}: `);
  },
);

test("two tenants have nothing in common that can be changed", () => {
  const [one, other] = [newTenant("one", "asgardeo"), newTenant("other", "asgardeo")];
  one.oidcScopes[0]?.claims.push("mine");
  one.oidcScopes.pop();
  one.applications.pop();
  expect(newTenant("third", "asgardeo").oidcScopes).toEqual(other.oidcScopes);
  expect(other.applications).toHaveLength(2);
});
