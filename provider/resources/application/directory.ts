import { z } from "zod";
import type { Api, Collection } from "../../api/api";
import { idText } from "../../api/ids";
import { byOffset, listed } from "../../api/lists";
import { path, type Query } from "../../api/path";
import type { Properties } from "../../core/clean";
import type { Match } from "../../core/definition";
import { isUnknown } from "../../core/unknown";
import { AsgardeoError } from "../../errors";
import { Directory } from "../directory";

const applications = path`/api/server/v1/applications`;

const item = z.looseObject({
  id: idText,
  name: z.string(),
  access: z.string().nullish(),
  clientId: z.string().nullish(),
  advancedConfigurations: z.looseObject({ fragment: z.boolean().nullish() }).nullish(),
});

const page = z.looseObject({ ...listed, applications: z.array(item) });

export type ApplicationItem = z.infer<typeof item>;

/** In an organization, a list tells which of its applications are copies of shared ones. */
const pages = (api: Api, query?: Query) =>
  byOffset(api, applications, page, (answer) => answer.applications, {
    ...query,
    ...(api.organization !== undefined && { attributes: "advancedConfigurations" }),
  });

/** That applications can be read. */
export const readableApplications: Collection<unknown> = {
  load: (api) => pages(api.needing("internal_application_mgt_view"), { limit: 1 }).probe(),
};

/** The applications of exactly this name: the server's filter knows no case, and takes some characters for wildcards. */
async function withName(api: Api, name: string): Promise<ApplicationItem[]> {
  const listed = await pages(api, { filter: equals("name", name) }).all();
  return listed.filter((application) => application.name === name);
}

/** The application that has a client id. */
export const withClientId: Collection<ApplicationItem | undefined> = {
  async load(api, clientId) {
    const listed = await pages(api, { filter: equals("clientId", clientId) }).all();
    return listed.find((application) => application.clientId === clientId);
  },
};

function equals(attribute: string, value: string): string {
  return `${attribute} eq ${/\s/.test(value) ? `"${value}"` : value}`;
}

/** The application with the declared name. */
export async function matchApplication(api: Api, { name }: Properties, afresh = false): Promise<Match | undefined> {
  if (typeof name !== "string" || isUnknown(name)) return undefined;
  const found = afresh ? await withName(api, name) : await allNamed(api, name);
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
  return {
    id: match.id,
    what: `the application ${JSON.stringify(match.name)}`,
    ...(refusal !== undefined && { refusal }),
  };
}

function allNamed(api: Api, name: string): Promise<ApplicationItem[]> {
  return api.inTurn("names of applications", async () =>
    (await api.kept(directory)).find(
      (application) => application.name === name,
      () => withName(api, name),
    ),
  );
}

/** The application with the declared name, as a list has it; the list may be some seconds old. */
export async function applicationNamed(api: Api, { name }: Properties): Promise<ApplicationItem | undefined> {
  return typeof name === "string" && !isUnknown(name) ? (await allNamed(api, name))[0] : undefined;
}

/** All applications of the tenant. */
export async function allApplications(api: Api): Promise<ApplicationItem[]> {
  return api.inTurn("names of applications", async () => (await api.kept(directory)).all());
}

const directory: Collection<Directory<ApplicationItem>> = { load: async (api) => new Directory(pages(api)) };
