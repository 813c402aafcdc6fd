import fc from "fast-check";
import { applicationChoices, grantChoices, oidcChoices, type Part, secretChoices } from "./application-choices";
import { type Bag, merged } from "./bag";

export type Kind = "Application" | "ApiResource" | "ApiAuthorization";

/** A resource of a program. */
export interface Declared {
  /** Its name in the program. */
  readonly name: string;
  readonly kind: Kind;
  readonly args: Bag;
  /** Args that come from other resources: the id, or one of their args. */
  readonly refs: Readonly<Record<string, { readonly of: string; readonly give: "id" | "identifier" }>>;
  /** What the console shows of it then. */
  readonly live: Bag;
  /** What it shows of the OAuth client; undefined where none is declared. */
  readonly client: Bag | undefined;
}

/** By what the tenant knows an application or an API. */
export function keyOf({ args: { identifier, name } }: Declared): string {
  return String(identifier ?? name);
}

/** Resources in the order of their dependencies. */
export type Program = readonly Declared[];

const allOf = (groups: readonly (readonly Part[])[]): fc.Arbitrary<Part> =>
  fc
    .tuple(...groups.map((group) => fc.oneof(fc.constant(group[0] as Part), fc.constantFrom(...group))))
    .map((parts) =>
      parts.reduce((a, b) => ({ args: merged(a.args, b.args), live: merged(a.live, b.live) }), { args: {}, live: {} }),
    );

/** Names are those of a place in the program, so that no two resources of it can want the same. */
export const namesOf = (place: number) => [`App ${place}`, `App ${place} of old`];
export const identifiersOf = (place: number) => [`https://api.example/${place}`, `https://old.example/${place}`];
const scopesOf = (place: number) => ["read", "write", "admin"].map((verb) => `s${place}:${verb}`);

function application(place: number): fc.Arbitrary<Declared> {
  return fc
    .record({
      name: fc.constantFrom(...namesOf(place)),
      fields: allOf(applicationChoices),
      grants: fc.constantFrom(...grantChoices),
      oidc: allOf(oidcChoices),
      secret: fc.constantFrom(...secretChoices),
      hasOwnId: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
    })
    .map(({ name, fields, grants, oidc, secret, hasOwnId }) => {
      const clientId = hasOwnId ? { clientId: `client-${place}` } : {};
      const client = grants && { ...grants.live, ...oidc.live, ...clientId };
      const declared = grants && { ...grants.args, ...oidc.args, ...clientId };
      const isConfidential = declared !== undefined && oidc.args.publicClient !== true;
      const args = { name, ...fields.args, ...(isConfidential && secret), ...(declared && { oidc: declared }) };
      return { name: `app${place}`, kind: "Application", args, refs: {}, live: { name, ...fields.live }, client };
    });
}

function apiResource(place: number): fc.Arbitrary<Declared> {
  const scope = (name: string) =>
    fc.record(
      {
        name: fc.constant(name),
        displayName: fc.constantFrom("By design", "By decree"),
        description: fc.constant("What it permits"),
      },
      { requiredKeys: ["name"] },
    );
  const scopes = fc
    .tuple(...scopesOf(place).map((name) => fc.option(scope(name), { nil: undefined })))
    .map((list) => list.filter((one) => one !== undefined));
  return fc
    .record(
      {
        name: fc.constantFrom(`API ${place}`, `API ${place} of old`),
        identifier: fc.constantFrom(...identifiersOf(place)),
        description: fc.constantFrom("Orders", "Bills"),
        requiresAuthorization: fc.boolean(),
        scopes,
      },
      { requiredKeys: ["name", "identifier"] },
    )
    .map((args) => {
      const live = { ...args, requiresAuthorization: args.requiresAuthorization ?? true };
      return { name: `api${place}`, kind: "ApiResource", args, refs: {}, live, client: undefined };
    });
}

interface Link {
  readonly app: number;
  readonly api: number;
  readonly by: "id" | "identifier";
  readonly scopes: readonly string[];
  readonly policy: "RBAC" | "No Policy" | undefined;
}

const link: fc.Arbitrary<Link> = fc
  .record({
    app: fc.nat(2),
    api: fc.nat(1),
    by: fc.constantFrom("id" as const, "identifier" as const),
    verbs: fc.subarray([0, 1, 2]),
    policy: fc.constantFrom(undefined, undefined, "RBAC" as const, "No Policy" as const),
  })
  .map(({ verbs, ...rest }) => ({
    ...rest,
    scopes: scopesOf(rest.api).filter((_, i) => verbs.includes(i)),
  }));

/** The authorization, as far as its API allows it. */
function authorization({ app, api, by, scopes: wanted, policy: asked }: Link, apis: readonly Declared[]): Declared[] {
  const target = apis.find(({ name }) => name === `api${api}`);
  if (!target) return [];
  const has = Array.isArray(target.args.scopes) ? target.args.scopes.map(({ name }: { name: string }) => name) : [];
  const scopes = wanted.filter((name) => has.includes(name));
  const policy = target.args.requiresAuthorization === false || asked === undefined ? asked : "RBAC";
  return [
    {
      name: `app${app}-api${api}`,
      kind: "ApiAuthorization",
      args: { scopes, ...(policy && { policy }) },
      refs: { application: { of: `app${app}`, give: "id" }, api: { of: `api${api}`, give: by } },
      live: {
        policyId: policy === "No Policy" ? "NO POLICY" : "RBAC",
        authorizedScopes: scopes.map((name) => ({ name })),
      },
      client: undefined,
    },
  ];
}

const maybe = (one: fc.Arbitrary<Declared>) =>
  fc.oneof({ weight: 2, arbitrary: one }, { weight: 1, arbitrary: fc.constant(undefined) });
const isThere = <T>(one: T | undefined): one is T => one !== undefined;

/** One to three applications, up to two APIs, and authorizations between them. */
export const program: fc.Arbitrary<Program> = fc
  .record({
    apps: fc.tuple(application(0), maybe(application(1)), maybe(application(2))),
    apis: fc.tuple(maybe(apiResource(0)), maybe(apiResource(1))),
    links: fc.uniqueArray(link, { maxLength: 4, selector: ({ app, api }) => `${app} ${api}` }),
  })
  .map(({ apps, apis, links }) => {
    const ends = [...apps.filter(isThere), ...apis.filter(isThere)];
    const isDeclared = ({ app }: Link) => ends.some(({ name }) => name === `app${app}`);
    return [...ends, ...links.filter(isDeclared).flatMap((one) => authorization(one, apis.filter(isThere)))];
  });
