import { organization, type Scene, sceneFor } from "./organization-scene";
import { objectOf, sharedJson, valueAt } from "./support";

const read = sharedJson("fixtures");
/** Skipped where the fixtures are not at hand. */
export const where = read ? test : test.skip;

/** A part of a fixture, with ids in the place of those that the server's tests have. */
export function fixture(
  name: string,
  path: readonly string[] = [],
  ids: Readonly<Record<string, string>> = {},
): unknown {
  const text = JSON.stringify(valueAt(read?.(name), ...path));
  return JSON.parse(Object.entries(ids).reduce((all, [from, to]) => all.replaceAll(from, to), text));
}

export const APP = "67f5a202-48c4-4313-9327-016da5f08f17";
export const ORG = "8763448d-a475-4d03-ac0c-cc1a3e6ad0f5";
export const OTHER = "b4526d91-a8bf-43d2-8b14-c548cf73065b";
export const ROOT = "10084a8d-113f-4211-a0d5-efe36b082211";
export const times = { created: expect.any(String), lastModified: expect.any(String) };
export const members = (value: unknown) => Object.keys(objectOf(value)).sort();

export interface Acme extends Scene {
  readonly root: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** A tenant with the two organizations of the fixtures, and an application that is called as the one there. */
export async function acme(): Promise<Acme> {
  const scene = await sceneFor({ organization: "acme" });
  const { call } = scene;
  const root = scene.sandbox.tenant.organizations[0]?.id ?? "";
  const org = await organization(call, "Central Hospital", { orgHandle: "centralhospital.com" });
  const other = await organization(call, "Little Hospital");
  const { id } = await call("POST", "/applications", { name: "booking-app" });
  return { ...scene, root, ids: { [APP]: id, [ORG]: org, [OTHER]: other, [ROOT]: root } };
}

export const at = ({ ids }: Acme, id: string) => ids[id] ?? "";

/** A refusal of the fixtures, whatever its trace id. */
export function withTrace(key: string, { ids }: Acme): object {
  return { ...objectOf(fixture("org-errors.json", [key], ids)), traceId: expect.any(String) };
}
