import { z } from "zod";
import type { Api } from "../../api/api";
import { path } from "../../api/path";
import type { State } from "../../core/definition";
import { project, same } from "../../core/diff";
import type { Plain } from "../../core/schema";
import { hasCode } from "../../errors";
import type { ApplicationArgs, ApplicationOutputs } from "../application.args";
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

/**
 * A list of the tenant's applications in place of a request for each one, for a program that has many. How many those are,
 * and how many others the tenant has, nobody tells: so a page is asked for only where what was saved so far, and a tenth
 * of the requests that all reads would have cost, pay for it.
 */
class RefreshedList {
  private readonly items = new Map<string, Item>();
  private readonly written = new Set<string>();
  private readonly waiting = new Map<string, (item: Item) => boolean>();
  private asked: readonly string[] = attributes;
  private requests = 0;
  private saved = 0;
  private pages = 0;
  private seen = 0;
  private isOver = false;
  private loading: Promise<void> | undefined;

  /** From now on the application is read by itself: what a list said of it is old. */
  noteWrite(id: string): void {
    this.written.add(id);
  }

  /** The application in the list where it `fits`; undefined where only the application itself can tell. */
  async find(api: Api, id: string, requests: number, fits: (item: Item) => boolean): Promise<Item | undefined> {
    this.requests += requests;
    // Reads come together. While the first of them waits for the token, the others are counted.
    await api.ready();
    const isKnown = this.items.has(id);
    this.waiting.set(id, fits);
    while (!this.items.has(id) && this.isWorthAPage()) await this.nextPage(api);
    this.waiting.delete(id);
    const found = this.items.get(id);
    if (!found || this.written.has(id) || !fits(found)) return undefined;
    if (isKnown) this.saved++;
    return found;
  }

  private isWorthAPage(): boolean {
    return !this.isOver && (this.loading !== undefined || this.pages + 1 <= this.saved + this.requests / 10);
  }

  private nextPage(api: Api): Promise<void> {
    this.loading ??= this.load(api).finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async load(api: Api): Promise<void> {
    this.pages++;
    try {
      // The server cuts the size down to its own maximum, so the next offset is what has come so far.
      const query = { limit: 100, offset: this.seen, attributes: this.asked.join() };
      const answer = await api.get(path`/api/server/v1/applications`, page, query);
      this.take(answer.applications ?? [], answer.totalResults ?? 0);
    } catch (error) {
      // Whatever is wrong with the list, each application can be read by itself, and tells what is wrong with it.
      if (hasCode(error, "APP-60505") && this.asked === attributes) this.asked = attributes.slice(0, -1);
      else this.isOver = true;
    }
  }

  private take(items: readonly Item[], total: number): void {
    this.seen += items.length;
    this.isOver = items.length === 0 || this.seen >= total;
    for (const each of items) {
      this.items.set(each.id, each);
      if (this.waiting.get(each.id)?.(each)) this.saved++;
    }
  }
}

function refreshedList(api: Api): Promise<RefreshedList> {
  return api.once("applications in a list, for a refresh", async () => new RefreshedList());
}

/** To be called before a write to an application: no read after it is answered by an older list. */
export async function noteWrite(api: Api, id: string): Promise<void> {
  (await refreshedList(api)).noteWrite(id);
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
  const list = await refreshedList(api);
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
