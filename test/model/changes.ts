import { scopeNames } from "../subjects/api-resource";
import { givenBy, giversOf } from "../subjects/role";
import { chosen } from "../subjects/subject";
import type { Declared, Program } from "./declared";
import { isObject, type JsonObject } from "./json";
import { isInOrganizations } from "./program";
import type { World } from "./world";

/** What somebody has made of a program. */
export interface Change {
  readonly program: Program;
  /** The resources whose replacement is forced. */
  readonly forced?: readonly string[];
  /** Set where a preview has to refuse it, in one message that has all of these words. */
  readonly refused?: readonly string[];
}

/** Answers undefined where the program has nothing that could be changed like this. */
type Changer = (world: World, pick: number) => Change | undefined;

const saved = ({ program, stack }: World) => program.filter(({ name }) => stack.saved.has(name));
const apisOf = (program: Program) => program.filter(({ type }) => type === "ApiResource");
const linksTo = (program: Program, api: Declared) =>
  program.filter(({ type, refs }) => type === "ApiAuthorization" && refs.api?.of === api.name);

const replaced = (program: Program, ...by: readonly Declared[]): Program =>
  program.map((one) => by.find(({ name }) => name === one.name) ?? one);

const end = "-anew";
const otherName = (name: string) => (name.endsWith(end) ? name.slice(0, -end.length) : name + end);

/** Gives resources other names, and says so where they are referred to. */
export function renamed(program: Program, which: readonly Declared[], hasAlias: boolean): Program {
  const isRenamed = (name: string) => which.some((one) => one.name === name);
  return program.map(({ alias, ...one }) => ({
    ...one,
    ...(isRenamed(one.name)
      ? { name: otherName(one.name), ...(hasAlias && { alias: one.name }) }
      : alias !== undefined && { alias }),
    ...(one.after && { after: one.after.map((name) => (isRenamed(name) ? otherName(name) : name)) }),
    refs: Object.fromEntries(
      Object.entries(one.refs).map(([arg, ref]) => [arg, isRenamed(ref.of) ? { ...ref, of: otherName(ref.of) } : ref]),
    ),
  }));
}

/** An API with other scopes. */
function withScopes(api: Declared, scopes: readonly unknown[]): Declared {
  return { ...api, args: { ...api.args, scopes }, live: { ...api.live, scopes } };
}

/** An authorization with other scopes. */
function linkWith(link: Declared, scopes: readonly string[]): Declared {
  const authorizedScopes = scopes.map((name) => ({ name }));
  return { ...link, args: { ...link.args, scopes }, live: { ...link.live, authorizedScopes } };
}

/** The authorizations to APIs, each with those of its scopes that its API has now, or with all of them. */
function fitted(program: Program, apis: readonly Declared[], hasAll: boolean): Declared[] {
  return apis.flatMap((api) => {
    const has = scopeNames(api.args);
    return linksTo(program, api).map((link) => {
      const kept = Array.isArray(link.args.scopes) ? link.args.scopes.filter((name) => has.includes(name)) : [];
      return linkWith(link, hasAll ? has : kept);
    });
  });
}

/** A program with other APIs, authorizations that fit them, and roles that fit both. */
function withApis(program: Program, apis: readonly Declared[], hasAll: boolean): Program {
  const wanted = replaced(program, ...apis, ...fitted(program, apis, hasAll));
  return wanted.map((one) => {
    if (one.type !== "Role" || !Array.isArray(one.args.permissions)) return one;
    const given = giversOf(one.refs.application?.of, wanted).flatMap(({ args }) => givenBy(args));
    const permissions = one.args.permissions.filter((name: string) => given.includes(name));
    const live = { ...one.live, permissions: permissions.map((value: string) => ({ value })) };
    return { ...one, args: { ...one.args, permissions }, live };
  });
}

const scopesIn = ({ args: { scopes } }: Declared): JsonObject[] =>
  Array.isArray(scopes) ? scopes.filter(isObject) : [];

function rename(hasAlias: boolean, isAll = false): Changer {
  return (world, pick) => {
    const one = chosen(saved(world), pick);
    return one && { program: renamed(world.program, isAll ? world.program : [one], hasAlias) };
  };
}

/** The same resource once more, under another name. */
function copyOf(one: Declared): Declared {
  return { ...one, name: `${one.name}-copy` };
}

const force =
  (isDeletedFirst: boolean): Changer =>
  (world, pick) => {
    const one = chosen(saved(world), pick);
    if (!one) return undefined;
    const { deleteBeforeReplace: _, ...rest } = one;
    const wanted = { ...rest, ...(isDeletedFirst && { deleteBeforeReplace: true as const }) };
    return { program: replaced(world.program, wanted), forced: [one.name] };
  };

/** Two APIs, the first of which has scopes. */
function pairIn({ program }: World, pick: number): readonly [Declared, Declared] | undefined {
  const apis = apisOf(program);
  const from = chosen(
    apis.filter((api) => scopesIn(api).length > 0),
    pick,
  );
  const to = apis.find(({ name }) => name !== from?.name);
  return from && to && [from, to];
}

/** The policy that every API allows. */
function withoutPolicy({ args: { policy: _, ...args }, ...link }: Declared): Declared {
  return { ...link, args, live: { ...link.live, policyId: "RBAC" } };
}

/** Replaces an API to which an application is authorized by its identifier. */
const replaceApi =
  (isText: boolean): Changer =>
  ({ program }, pick) => {
    const api = chosen(
      apisOf(program).filter((one) => linksTo(program, one).length > 0),
      pick,
    );
    if (!api) return undefined;
    const links = linksTo(program, api);
    const isReferredTo = ({ refs }: Declared) =>
      refs.api?.give === "identifier" && (refs.api.isText ?? false) === isText;
    // A new reference would replace the authorization by itself, so it comes first.
    if (!links.every(isReferredTo)) {
      const reference = { of: api.name, give: "identifier" as const, ...(isText && { isText: true as const }) };
      return {
        program: replaced(program, ...links.map((link) => ({ ...link, refs: { ...link.refs, api: reference } }))),
      };
    }
    const requiresAuthorization = api.args.requiresAuthorization === false;
    const args = { ...api.args, requiresAuthorization };
    const wanted = { ...api, args, live: { ...api.live, requiresAuthorization } };
    return { program: replaced(program, wanted, ...links.map(withoutPolicy)) };
  };

const newGroup = { type: "Group", args: { displayName: "New" } } as const;
const newOnes: readonly Pick<Declared, "type" | "args">[] = [
  newGroup,
  { type: "ApiResource", args: { name: "New", identifier: "https://new.example" } },
  { type: "Application", args: { name: "New" } },
  { type: "Role", args: { displayName: "New" } },
  { type: "User", args: { userName: "new@example.com", password: "Correct-Horse-7" } },
  { type: "Organization", args: { name: "New" } },
];

export const changes = {
  "a resource gets another name": rename(false),
  "a resource gets another name, with an alias": rename(true),
  "all resources get other names": rename(false, true),
  "all resources get other names, with aliases": rename(true, true),
  "a resource is declared twice": ({ program, stack }, pick) => {
    const isKnown = ({ refs }: Declared) => Object.values(refs).every(({ of }) => stack.saved.has(of));
    const one = chosen(program.filter(isKnown), pick);
    if (!one) return undefined;
    const copy = copyOf(one);
    return { program: [...program, copy], refused: [one.name, copy.name] };
  },
  "a new resource is declared twice": ({ program, organization }, pick) => {
    const news = organization === undefined ? newOnes : newOnes.filter(isInOrganizations);
    const one: Declared = { name: "new", ...(chosen(news, pick) ?? newGroup), refs: {}, live: {}, client: undefined };
    return { program: [...program, one, copyOf(one)], refused: ["new", "new-copy"] };
  },
  "two APIs swap their scopes": (world, pick) => {
    const [a, b] = pairIn(world, pick) ?? [];
    if (!a || !b) return undefined;
    const apis = [withScopes(a, scopesIn(b)), withScopes(b, scopesIn(a))];
    return { program: withApis(world.program, apis, pick % 2 === 0) };
  },
  "a scope moves to another API": (world, pick) => {
    const [from, to] = pairIn(world, pick) ?? [];
    const scope = from && chosen(scopesIn(from), pick);
    if (!from || !to || !scope) return undefined;
    const left = scopesIn(from).filter((one) => one !== scope);
    const apis = [withScopes(from, left), withScopes(to, [...scopesIn(to), scope])];
    return { program: withApis(world.program, apis, pick % 2 === 0) };
  },
  "an API gets a scope, and an application is authorized to it": ({ program }, pick) => {
    const api = chosen(
      apisOf(program).filter((one) => linksTo(program, one).length > 0),
      pick,
    );
    if (!api) return undefined;
    const more = withScopes(api, [...scopesIn(api), { name: `extra:${api.name}:${scopesIn(api).length}` }]);
    return { program: withApis(program, [more], true) };
  },
  "an API loses a scope that an authorization keeps": ({ program }, pick) => {
    const candidates = apisOf(program).flatMap((api) =>
      linksTo(program, api).flatMap(({ args }) =>
        Array.isArray(args.scopes) ? args.scopes.map((scope: string) => ({ api, scope })) : [],
      ),
    );
    const { api, scope } = chosen(candidates, pick) ?? {};
    if (!api || !scope) return undefined;
    const less = withScopes(
      api,
      scopesIn(api).filter(({ name }) => name !== scope),
    );
    return { program: replaced(program, less), refused: [scope] };
  },
  "an API is replaced whose identifier an authorization has from it": replaceApi(false),
  "an API is replaced whose identifier an authorization has as a text": replaceApi(true),
  "a replacement is forced": force(false),
  "a replacement is forced, the old object first": force(true),
} satisfies Readonly<Record<string, Changer>>;

export type ChangeName = keyof typeof changes;
