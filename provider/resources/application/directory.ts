import { z } from "zod";
import type { Api, Collection } from "../../api/api";
import { path } from "../../api/path";
import type { Properties } from "../../core/clean";
import type { Match } from "../../core/definition";
import { isUnknown } from "../../core/unknown";
import { AsgardeoError } from "../../errors";

const applications = path`/api/server/v1/applications`;

const item = z.looseObject({
  id: z.string(),
  name: z.string(),
  access: z.string().nullish(),
  clientId: z.string().nullish(),
});

const page = z.looseObject({ totalResults: z.number().nullish(), applications: z.array(item).nullish() });

export type ApplicationItem = z.infer<typeof item>;

/**
 * Which names the tenant has, asked as cheaply as can be: page by page for many names, by filter for few. It pages on as
 * soon as the filters have cost as much as the pages that are left, so it never costs more than twice the better way.
 */
class Directory {
  private readonly seen: ApplicationItem[] = [];
  private total: number | undefined;
  private filters = 0;

  constructor(private readonly api: Api) {}

  async named(name: string): Promise<ApplicationItem[]> {
    if (this.total === undefined) await this.readPage();
    while (this.pagesLeft() > 0 && this.pagesLeft() <= this.filters) await this.readPage();
    const known = this.seen.filter((application) => application.name === name);
    if (known.length > 0 || this.pagesLeft() === 0) return known;
    this.filters++;
    return withName(this.api, name);
  }

  private pagesLeft(): number {
    const left = (this.total ?? 0) - this.seen.length;
    return Math.ceil(left / Math.max(this.pageSize, 1));
  }

  private pageSize = 0;

  private async readPage(): Promise<void> {
    // The server cuts the size down to its own maximum, so the next offset is what has come so far.
    const answer = await this.api.get(applications, page, { limit: 100, offset: this.seen.length });
    const items = answer.applications ?? [];
    this.pageSize = Math.max(this.pageSize, items.length);
    this.seen.push(...items);
    this.total = items.length === 0 ? this.seen.length : (answer.totalResults ?? this.seen.length);
  }
}

/** The applications of exactly this name: the server's filter knows no case, and takes some characters for wildcards. */
async function withName(api: Api, name: string): Promise<ApplicationItem[]> {
  const answer = await api.get(applications, page, { filter: equals("name", name), limit: 100 });
  return (answer.applications ?? []).filter((application) => application.name === name);
}

/** The application that has a client id. */
export const withClientId: Collection<ApplicationItem | undefined> = {
  async load(api, clientId) {
    const answer = await api.get(applications, page, { filter: equals("clientId", clientId) });
    return answer.applications?.find((application) => application.clientId === clientId);
  },
};

function equals(attribute: string, value: string): string {
  return `${attribute} eq ${/\s/.test(value) ? `"${value}"` : value}`;
}

/** The application with the declared name. */
export async function matchApplication(api: Api, { name }: Properties, afresh = false): Promise<Match | undefined> {
  if (typeof name !== "string" || isUnknown(name)) return undefined;
  const found = afresh
    ? await withName(api, name)
    : await api.inTurn("names of applications", async () => (await api.kept(directory)).named(name));
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(", ");
    throw new AsgardeoError(
      `name: ${found.length} applications have the name ${JSON.stringify(name)} (ids ${ids}); rename all but one`,
    );
  }
  const [match] = found;
  if (!match) return undefined;
  const refusal =
    match.access === "READ"
      ? "It is a part of the tenant itself and cannot be managed; choose another name."
      : undefined;
  return { id: match.id, what: `the application "${match.name}"`, ...(refusal !== undefined && { refusal }) };
}

const directory: Collection<Directory> = { load: async (api) => new Directory(api) };
