import { z } from "zod";
import type { Api, Collection } from "../../api/api";
import { path } from "../../api/path";
import type { State } from "../../core/definition";
import { project, same } from "../../core/diff";
import type { Plain } from "../../core/schema";
import { hasCode } from "../../errors";
import type { ApplicationArgs, ApplicationOutputs } from "../application.args";
import { RefreshedList } from "../refreshed-list";
import { text } from "../wire";
import { secretArgNames } from "./secret-args";

type Application = Plain<ApplicationArgs>;
type ApplicationState = State<ApplicationArgs, ApplicationOutputs>;

const optionalText = z.string().nullish();

const item = z.looseObject({
  id: z.string(),
  name: z.string(),
  description: optionalText,
  image: optionalText,
  accessUrl: optionalText,
  templateId: optionalText,
  applicationEnabled: z.boolean().nullish(),
  clientId: optionalText,
});

type Item = z.infer<typeof item>;

const page = z.looseObject({ totalResults: z.number().nullish(), applications: z.array(item).nullish() });

/** What a list has of an application only where it is asked for. WSO2 Identity Server 7.0 refuses the last one. */
const attributes = ["clientId", "templateId", "applicationEnabled"];

/** Pages of applications. From a refusal of one of the attributes on, they are asked for without it. */
function applicationList(): RefreshedList<Item> {
  let asked: readonly string[] = attributes;
  const load = (api: Api, seen: number) => {
    // The server cuts the size down to its own maximum, so the next offset is what has come so far.
    const query = { limit: 100, offset: seen, attributes: asked.join() };
    return api.get(path`/api/server/v1/applications`, page, query);
  };
  return new RefreshedList(async (api, seen) => {
    try {
      const { applications, totalResults } = await load(api, seen);
      const items = applications ?? [];
      return { items, isLast: items.length === 0 || seen + items.length >= (totalResults ?? 0) };
    } catch (error) {
      if (!hasCode(error, "APP-60505") || asked !== attributes) throw error;
      asked = attributes.slice(0, -1);
      return { items: [], isLast: false };
    }
  });
}

const refreshedList: Collection<RefreshedList<Item>> = { load: async () => applicationList() };

/** To be called before a write to an application: no read after it is answered by an older list. */
export async function noteWrite(api: Api, id: string): Promise<void> {
  (await api.kept(refreshedList)).noteWrite(id);
}

/** The args that the list has. */
const listed = ["name", "description", "imageUrl", "accessUrl", "templateId", "enabled"] as const;
const answerable: ReadonlySet<string> = new Set([...listed, ...secretArgNames, "oidc", "adopt"]);

/**
 * The declared args of an application where a list proves that they are as declared. The list never says anything else:
 * that an application is gone, or has changed, is told by the application itself.
 */
export async function listedAsDeclared(
  api: Api,
  id: string,
  { args, outputs }: ApplicationState,
): Promise<Partial<Application> | undefined> {
  // Nothing is declared in a look-up by id, and what is to be adopted has no outputs yet.
  const isOurs = args.name !== undefined && outputs.issuer !== undefined;
  if (!isOurs || !Object.keys(args).every((name) => answerable.has(name))) return undefined;
  const hasClient = args.oidc !== undefined || outputs.clientId !== undefined;
  const list = await api.kept(refreshedList);
  const fits = (each: Item) => isAsDeclared(args, each) && (hasClient || each.clientId === "");
  const found = await list.find(api, id, hasClient ? 2 : 1, fits);
  return found && argsOf(found);
}

/** A member that the list leaves out may be one that it does not have: only what is there counts. */
function isAsDeclared(args: Partial<Application>, found: Item): boolean {
  const live = argsOf(found);
  return listed.every(
    (name) => args[name] === undefined || same(undefined, args[name], project(undefined, args[name], live[name])),
  );
}

function argsOf({ name, description, image, accessUrl, templateId, applicationEnabled }: Item): Partial<Application> {
  const args = {
    name,
    description: text(description),
    imageUrl: text(image),
    accessUrl: text(accessUrl),
    templateId: text(templateId),
    enabled: applicationEnabled ?? undefined,
  };
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}
