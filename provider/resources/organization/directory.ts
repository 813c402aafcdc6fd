import { z } from "zod";
import type { Api, Collection } from "../../api/api";
import { byLink } from "../../api/lists";
import type { Pages } from "../../api/pages";
import type { Query } from "../../api/path";
import { nearMiss } from "../../core/check";
import type { Properties } from "../../core/clean";
import type { Match } from "../../core/definition";
import { isUnknown } from "../../core/unknown";
import { AsgardeoError } from "../../errors";
import { type OrganizationItem, organizationItem, organizations, organizationText, viewing } from "./wire";

/** A list without organizations has no members at all; anything else without them is no list. */
const page = z.union([
  z.looseObject({ organizations: z.array(organizationItem) }),
  z.strictObject({ links: z.array(z.unknown()).length(0).optional() }),
]);

/** Organizations of the tenant at any depth. */
export function organizationPages(api: Api, query?: Query): Pages<OrganizationItem> {
  const all = { ...query, recursive: "true" };
  const itemsOf = (answer: z.infer<typeof page>) => ("organizations" in answer ? answer.organizations : []);
  return byLink(viewing(api), organizations, page, itemsOf, ({ id }) => id, all);
}

/** That organizations can be read. */
export const readableOrganizations: Collection<unknown> = {
  load: (api) => organizationPages(api, { limit: 1 }).probe(),
};

/** So many questions about single organizations pay for a page of the list. */
const worthAPage = 3;

/**
 * What the list of organizations has, asked as cheaply as can be: questions are answered one by one until they have cost as
 * much as a page or more, and by the list as far as it has been read. The server does not tell how long it is.
 */
class Directory {
  private readonly pages: Pages<OrganizationItem>;
  private readonly written = new Set<string>();
  private asked = 0;
  private read = 0;

  constructor(api: Api) {
    this.pages = organizationPages(api);
  }

  /** From now on, what the list said of this organization is old. */
  noteWrite(id: string): void {
    this.written.add(id);
  }

  /** The organization that it `isWanted`, where the list has it; undefined where it has to be asked for by itself. */
  async find(isWanted: (item: OrganizationItem) => boolean): Promise<OrganizationItem | undefined> {
    const known = () => this.pages.items.find((item) => isWanted(item) && !this.written.has(item.id));
    while (!known() && !this.pages.isOver && worthAPage * (this.read + 1) <= this.asked) {
      this.read++;
      await this.pages.next();
    }
    const found = known();
    if (!found) this.asked++;
    return found;
  }
}

const directory: Collection<Directory> = { load: async (api) => new Directory(api) };

async function listed(api: Api, isWanted: (item: OrganizationItem) => boolean): Promise<OrganizationItem | undefined> {
  return api.inTurn("list of organizations", async () => (await api.kept(directory)).find(isWanted));
}

/** What a list has of the organization with an id, for a program that reads many; undefined where it is to be read itself. */
export function listedWithId(api: Api, wanted: string): Promise<OrganizationItem | undefined> {
  return listed(api, ({ id }) => id === wanted);
}

/** To be called before a write to an organization: no read after it is answered by an older list. */
export async function noteWrite(api: Api, id: string): Promise<void> {
  (await api.kept(directory)).noteWrite(id);
}

/** Those with exactly this value of an attribute: the list is compared once more, since filters may know no case. */
export async function organizationsWith(
  api: Api,
  attribute: "id" | "name" | "orgHandle",
  value: string,
): Promise<OrganizationItem[]> {
  // A filter takes all behind the operator for the value, but for what joins two conditions.
  const isPlain = value === value.trim() && !/\s(and|or|not)\s|["'\\()]|[^\x20-\x7e]/i.test(` ${value} `);
  const pages = organizationPages(api, isPlain ? { filter: `${attribute} eq ${value}` } : {});
  return (await pages.all()).filter((item) => item[attribute] === value);
}

/** The children of an organization that are not disabled. */
export function activeChildren(api: Api, id: string): Promise<OrganizationItem[]> {
  return organizationPages(api, { filter: `parentId eq ${id} and status eq ACTIVE` }).all();
}

/** Children of an organization, for a message: `"A" (id …), "B" (id …)`; undefined where there are none. */
export function namesOf(children: readonly OrganizationItem[]): string | undefined {
  const shown = children.slice(0, 10).map(({ name, id }) => `${JSON.stringify(name)} (id ${id})`);
  const more = children.length > shown.length ? [`and ${children.length - shown.length} more`] : [];
  return children.length === 0 ? undefined : [...shown, ...more].join(", ");
}

export function childrenOf(api: Api, id: string): Promise<OrganizationItem[]> {
  return organizationPages(api, { filter: `parentId eq ${id}` }).all();
}

/** The organization with the declared name. */
export async function matchOrganization(api: Api, { name }: Properties, afresh = false): Promise<Match | undefined> {
  if (typeof name !== "string" || isUnknown(name)) return undefined;
  const known = afresh ? undefined : await listed(api, (item) => item.name === name);
  const found = known ? [known] : await organizationsWith(api, "name", name);
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(", ");
    throw new AsgardeoError(
      `name: ${found.length} organizations have the name ${JSON.stringify(name)} (ids ${ids}); rename all but one`,
    );
  }
  const [match] = found;
  return match && { id: match.id, what: `the organization ${JSON.stringify(match.name)}` };
}

/** Why there is no organization with an id, with the id where a name or a handle was given in its place. */
export async function unknownOrganization(api: Api, given: string): Promise<string> {
  const all = await organizationPages(api).all();
  const named = all.find(({ name, orgHandle }) => name === given || orgHandle === given);
  const problem = `there is no organization with the id ${JSON.stringify(given)} in this tenant`;
  if (named) return `${problem}; ${organizationText(named)} is named so: give its id`;
  return `${problem}${nearMiss(
    given,
    all.map(({ id }) => id),
  )}`;
}
