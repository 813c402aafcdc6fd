import { z } from "zod";
import type { Collection } from "./collection";
import { type CollectionName, collections, type OwnName, ownNames } from "./collections";
import { isObject, type Server, servers } from "./versions";

const base = z.strictObject({
  format: z.literal(1),
  organization: z.string(),
  server: z.enum(servers),
  /** The id of the application whose client the sandbox prints at its start. */
  bootstrap: z.string(),
});

type ContentOf<C> = C extends Collection<infer Content> ? Content : never;
type Contents = { [Name in CollectionName]: ContentOf<(typeof collections)[Name]> };

/** What an organization below the tenant has of its own. */
export type Inside = Pick<Contents, OwnName>;

/** Everything a tenant remembers. Access tokens are not part of it: they end with the process. */
export type Tenant = z.infer<typeof base> &
  Contents & {
    /** What the organizations below it have of their own, by the ids of these. */
    inside: Record<string, Inside>;
  };

/** A tenant as it is on its first day, but for the bootstrap client. */
export function newTenant(organization: string, server: Server): Tenant {
  const all = entriesOf(collections);
  const tenant = schemaOf(collections).parse({
    ...{ format: 1, organization, server, bootstrap: "", inside: {} },
    ...emptyOf(all),
  });
  for (const [, { seed }] of all) seed?.(tenant);
  return tenant;
}

/** The tenant of a state file. What an older version did not have yet is as in a new tenant. */
export function parseTenant(json: unknown, registered = collections): z.ZodSafeParseResult<Tenant> {
  if (!isObject(json)) return schemaOf(registered).safeParse(json);
  const lacking = entriesOf(registered).filter(([name, { inEveryFile }]) => !inEveryFile && !(name in json));
  const parsed = schemaOf(registered).safeParse({ ...emptyOf(lacking), ...json, inside: wholeInside(json.inside) });
  if (parsed.success) for (const [, { seed }] of lacking) seed?.(parsed.data);
  return parsed;
}

/** What a new organization has of its own. */
export function emptyInside(): Inside {
  return structuredClone(insideSchema().parse(emptyOf(entriesOf(collections).filter(([name]) => isOwn(name)))));
}

/** What an older version did not have yet inside of organizations is empty. */
function wholeInside(inside: unknown): unknown {
  if (!isObject(inside)) return inside ?? {};
  return Object.fromEntries(
    Object.entries(inside).map(([id, content]) => [id, isObject(content) ? { ...emptyInside(), ...content } : content]),
  );
}

function isOwn(name: string): boolean {
  return ownNames.some((own) => own === name);
}

function insideSchema(): z.ZodType<Inside> {
  const contents = ownNames.map((name) => [name, collections[name].content] as const);
  return z.strictObject(Object.fromEntries(contents) as { [Name in OwnName]: (typeof collections)[Name]["content"] });
}

function schemaOf(registered: typeof collections): z.ZodType<Tenant> {
  const contents = entriesOf(registered).map(([name, { content }]) => [name, content]);
  return base.extend({
    ...(Object.fromEntries(contents) as { [Name in CollectionName]: (typeof collections)[Name]["content"] }),
    inside: z.record(z.string(), insideSchema()),
  });
}

function entriesOf(registered: typeof collections): [string, Collection<unknown>][] {
  return Object.entries(registered);
}

function emptyOf(entries: readonly (readonly [string, Collection<unknown>])[]): Record<string, unknown> {
  return Object.fromEntries(entries.map(([name, { empty }]) => [name, empty]));
}
