import { reconnected, type TestTenant, testTenant } from "../support/managed";

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await testTenant();
});
afterAll(() => tenant.close());
beforeEach(() => void tenant.requests());

interface Live {
  id: string;
  name: string;
  orgHandle: string;
  description?: string;
  status: string;
  parent: { id: string };
  attributes?: { key: string; value: string }[];
}

const root = () => tenant.sandbox.tenant.organizations.find(({ parentId }) => parentId === undefined)?.id;
const live = (id: string | undefined) => tenant.live<Live>(`/organizations/${id}`);
const organization = () => tenant.resource("Organization");
/** The same object in the state of a run of its own, which knows nothing of the tenant. */
function later({ id, state, inputs }: ReturnType<typeof organization>) {
  const fresh = reconnected(tenant.sandbox);
  return Object.assign(fresh.resource("Organization"), { id, state, inputs, fresh });
}

let count = 0;
const named = <T extends object = object>(more?: T): T & { name: string } =>
  Object.assign({ name: `Hospital ${++count}` }, more);
const patch = (id: string | undefined, ...operations: object[]) =>
  tenant.sandbox.console("PATCH", `/api/server/v1/organizations/${id}`, operations);
const set = (path: string, value: string) => ({ operation: "REPLACE", path, value });
const made = async (body: object) =>
  String((await tenant.sandbox.console("POST", "/api/server/v1/organizations", body)).id);

test("one request makes an organization, one changes all of it in place, one reads it, and one deletes it", async () => {
  const hospital = organization();
  const args = named({
    orgHandle: `hospital-${count}`,
    description: "Beds",
    attributes: { region: "South", plan: "gold" },
  });
  await hospital.apply(args);
  expect(tenant.requests()).toEqual(["POST /organizations"]);
  expect(await live(hospital.id)).toMatchObject({
    ...args,
    status: "ACTIVE",
    attributes: [
      { key: "region", value: "South" },
      { key: "plan", value: "gold" },
    ],
  });
  expect(hospital.state).toMatchObject({ orgHandle: args.orgHandle, parentId: root() });
  tenant.requests();
  const changed = { ...named(), orgHandle: args.orgHandle, description: "More", attributes: { region: "North" } };
  expect(await hospital.apply({ ...changed, status: "DISABLED" })).toBe("update");
  expect(tenant.requests()).toEqual([`PATCH /organizations/${hospital.id}`]);
  expect(await live(hospital.id)).toMatchObject({
    ...changed,
    status: "DISABLED",
    attributes: [{ key: "region", value: "North" }],
  });
  tenant.requests();
  await hospital.refresh();
  const { id } = hospital;
  await hospital.destroy();
  expect(tenant.requests()).toEqual([`GET /organizations/${id}`, `DELETE /organizations/${id}`]);
});

test("one that did not change costs no request, and it is no change where the program says what the server had decided", async () => {
  const hospital = organization();
  const args = named();
  await hospital.up(args);
  await hospital.refresh();
  tenant.requests();
  expect(await hospital.up(args)).toBe("same");
  const { orgHandle, parentId } = hospital.state;
  expect(orgHandle).toBe(hospital.id);
  const whole = { ...args, orgHandle, parentId };
  expect(await hospital.up(whole)).toBe("same");
  // The first time that it is said, the server is asked whether it is so.
  expect(tenant.requests().filter((request) => !request.startsWith("GET "))).toEqual([]);
  expect(await hospital.up(whole)).toBe("same");
  expect(await hospital.up(args)).toBe("same");
  expect(tenant.requests()).toEqual([]);
});

test("a refresh takes for said by the program what it says, and not what the server has decided", async () => {
  const plain = organization();
  await plain.up(named());
  await plain.refresh();
  expect(plain.inputs).toEqual({ name: plain.state.name });
  const handled = organization();
  const args = named({ orgHandle: `said-${count}` });
  await handled.up(args);
  await handled.refresh();
  expect(handled.inputs).toEqual(args);
  tenant.requests();
  expect(await handled.up(args)).toBe("same");
  expect(tenant.requests()).toEqual([]);
});

test("each field that is changed in the console is drift where it is declared, and is put right", async () => {
  const hospital = organization();
  const args = named({ description: "Beds", attributes: { region: "South" }, status: "ACTIVE" });
  await hospital.up(args);
  const theirs = { operation: "ADD", path: "/attributes/theirs", value: "kept" };
  await patch(hospital.id, theirs, set("/attributes/region", "North"), set("/status", "DISABLED"));
  await patch(hospital.id, set("/description", "Theirs"), set("/name", `${args.name} theirs`));
  await hospital.refresh();
  expect(hospital.inputs).toMatchObject({
    name: `${args.name} theirs`,
    description: "Theirs",
    attributes: { region: "North" },
    status: "DISABLED",
  });
  expect(hospital.inputs.attributes).toEqual({ region: "North" });
  expect(await hospital.up(args)).toBe("update");
  expect(await live(hospital.id)).toMatchObject({ ...args, attributes: [{ value: "South" }, { key: "theirs" }] });
});

test("an arg that is taken out goes to the server's default, and attributes that others have set stay", async () => {
  const hospital = organization();
  const args = named();
  await hospital.up({ ...args, description: "Beds", attributes: { region: "South" }, status: "DISABLED" });
  await patch(hospital.id, { operation: "ADD", path: "/attributes/theirs", value: "kept" });
  await hospital.up(args);
  const after = await live(hospital.id);
  expect(after).toMatchObject({ status: "ACTIVE", attributes: [{ key: "theirs", value: "kept" }] });
  expect(after.description).toBeUndefined();
  await hospital.refresh();
  expect(await hospital.up(args)).toBe("same");
});

test("an empty description is none", async () => {
  const hospital = organization();
  const args = named({ description: "" });
  await hospital.up(args);
  await hospital.refresh();
  expect(await hospital.up(args)).toBe("same");
  await hospital.up({ ...args, description: "Beds" });
  await hospital.up(args);
  expect((await live(hospital.id)).description).toBeUndefined();
});

test("what somebody has done meanwhile does not stop a change", async () => {
  const hospital = organization();
  const args = named({ attributes: { region: "South", plan: "gold" } });
  await hospital.up(args);
  await patch(hospital.id, { operation: "REMOVE", path: "/attributes/plan" });
  const { name, ...rest } = args;
  expect(await hospital.up({ ...rest, name, attributes: { region: "North" } })).toBe("update");
  expect(await live(hospital.id)).toMatchObject({ attributes: [{ key: "region", value: "North" }] });
});

test("one that is to be disabled is made and then disabled, and a failure between leaves it for the next run", async () => {
  const hospital = organization();
  const args = named({ status: "DISABLED" });
  tenant.sandbox.setFaults([{ kind: "status", status: 500, method: "PATCH", times: 10 }]);
  await expect(hospital.up(args)).rejects.toThrow("was created, but could not be disabled");
  tenant.sandbox.setFaults([]);
  expect(hospital).toMatchObject({ incomplete: true, id: expect.any(String) });
  expect(await hospital.up(args)).toBe("update");
  expect((await live(hospital.id)).status).toBe("DISABLED");
});

test("another handle or another parent replaces it, and a preview refuses what the server would", async () => {
  const hospital = organization();
  const args = named({ orgHandle: `old-${count}` });
  await hospital.up(args);
  expect(await hospital.up({ ...args, orgHandle: `new-${count}` })).toBe("replace");
  const parentId = await made(named());
  // Its own handle would not be free again.
  expect(await hospital.preview({ ...args, orgHandle: `new-${count}`, parentId })).toEqual([]);
});

test("a handle is never free again, which a preview says", async () => {
  const gone = organization();
  const orgHandle = `gone-${++count}`;
  await gone.up(named({ orgHandle }));
  const holder = { id: gone.id, name: gone.inputs.name };
  expect(await later(organization()).preview(named({ orgHandle }))).toEqual([
    expect.stringContaining(
      `orgHandle: "${orgHandle}" is taken by the organization "${holder.name}" (id ${holder.id})`,
    ),
  ]);
  await expect(organization().apply(named({ orgHandle }))).rejects.toThrow(`orgHandle: "${orgHandle}" is taken by`);
  await gone.destroy();
  expect(await reconnected(tenant.sandbox).resource("Organization").preview(named({ orgHandle }))).toEqual([
    expect.stringContaining("taken by an organization of another customer, or by one that was deleted"),
  ]);
});

test("a replacement that keeps its handle is refused at preview, and before it is deleted where it is forced", async () => {
  const hospital = organization();
  const args = named({ orgHandle: `kept-${count}`, adopt: true });
  await hospital.up(args);
  const parentId = await made(named());
  const refused = [expect.stringContaining(`orgHandle: "${args.orgHandle}" is taken by`)];
  expect(await later(hospital).preview({ ...args, parentId })).toEqual(refused);
  const forced = later(hospital);
  await forced.plan(args, true);
  await expect(forced.carryOut(args, "replace")).rejects.toThrow(
    "orgHandle: it is to be replaced by force, and its handle",
  );
  expect((await live(hospital.id)).orgHandle).toBe(args.orgHandle);
});

test("two resources of a program cannot want one handle", async () => {
  const { fresh } = later(organization());
  const orgHandle = `both-${++count}`;
  await fresh.resource("Organization").preview(named({ orgHandle, __logicalName: "one" }));
  expect(await fresh.resource("Organization").preview(named({ orgHandle, __logicalName: "two" }))).toEqual([
    expect.stringContaining('orgHandle: the resource "one" of this program has the handle'),
  ]);
});

test("a name that is taken is an error at name, for a new one and for a change", async () => {
  const args = named();
  const id = await made(args);
  expect(await organization().preview(args)).toEqual([
    expect.stringContaining(`name: "${args.name}" is taken by the organization "${args.name}" (id ${id}).`),
  ]);
  await expect(organization().apply(args)).rejects.toThrow(/name: .* is taken by .*\n.*adopt: true/s);
  const other = organization();
  await other.up(named());
  await expect(other.apply(args)).rejects.toThrow("Choose another name, or rename that one first.");
});

test("a parent that is unknown is an error at preview, and a name or a handle in its place is told with the id", async () => {
  const { name } = named();
  const id = await made({ name, orgHandle: `near-${count}` });
  const missing = "00000000-0000-4000-8000-000000000000";
  expect(await organization().preview(named({ parentId: missing }))).toEqual([
    expect.stringContaining(`parentId: there is no organization with the id "${missing}" in this tenant`),
  ]);
  expect(await organization().preview(named({ parentId: name }))).toEqual([
    expect.stringContaining(`the organization "${name}" (id ${id}) is named so: give its id`),
  ]);
  await patch(id, set("/status", "DISABLED"));
  expect(await later(organization()).preview(named({ parentId: id }))).toEqual([
    expect.stringContaining(`parentId: the organization "${name}" (id ${id}) is disabled`),
  ]);
});

test("the tenant's own organization may be named as the parent", async () => {
  const hospital = organization();
  await hospital.up(named({ parentId: root() }));
  expect((await live(hospital.id)).parent.id).toBe(root());
});

test("one with active children cannot be disabled: a preview names them, and so does a run", async () => {
  const { hospital, child } = await family();
  const args = { name: hospital.inputs.name, status: "DISABLED" };
  const message = `status: an organization with active children cannot be disabled, and these are active: "${child.name}" (id ${child.id})`;
  expect(await later(hospital).preview(args)).toEqual([expect.stringContaining(message)]);
  await expect(later(hospital).apply(args)).rejects.toThrow(message);
  expect((await live(hospital.id)).status).toBe("ACTIVE");
});

test("one with children is not deleted: the error names them, and a preview of a replacement does", async () => {
  const { hospital, child } = await family();
  await expect(hospital.destroy()).rejects.toThrow(
    `since it has children that are not deleted with it: "${child.name}" (id ${child.id}). Delete them first`,
  );
  const seen = later(hospital);
  expect(await seen.preview({ name: hospital.inputs.name, orgHandle: `other-${count}` })).toEqual([]);
  expect(seen.fresh.said.join()).toContain(`it is replaced, and has children: "${child.name}"`);
});

/** An organization with a child that somebody has made in it. */
async function family() {
  const hospital = organization();
  await hospital.up(named());
  const child = { id: "child", name: `Ward ${++count}` };
  const { organizations } = tenant.sandbox.tenant;
  const like = organizations.find(({ id }) => id === hospital.id);
  if (!like) throw new Error("it was made");
  child.id = `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  organizations.push({ ...like, ...child, orgHandle: child.id, parentId: like.id, created: like.created + 1 });
  return { hospital, child };
}

test("one that is there is adopted, with what changes said before; another handle or parent cannot be brought about", async () => {
  const args = named({ description: "Ours", adopt: true });
  const id = await made({ name: args.name, description: "Theirs", orgHandle: `theirs-${count}` });
  const { fresh } = later(organization());
  const hospital = fresh.resource("Organization");
  expect(await hospital.preview({ ...args, orgHandle: `ours-${count}` })).toEqual(
    expect.arrayContaining([expect.stringContaining("adopt: ")]),
  );
  await hospital.up(args);
  expect(hospital.id).toBe(id);
  expect(fresh.said.join()).toContain('description: "Theirs" becomes "Ours"');
  expect(await live(id)).toMatchObject({ description: "Ours", orgHandle: `theirs-${count}` });
});

test("one that was deleted in the console is gone only where the list does not have it either", async () => {
  const hospital = organization();
  await hospital.up(named());
  await tenant.sandbox.console("DELETE", `/api/server/v1/organizations/${hospital.id}`);
  await later(hospital).destroy();
  await hospital.refresh();
  expect(hospital.id).toBeUndefined();
});

test("many are refreshed by the list, as far as it tells all that is declared", async () => {
  const all = await Promise.all(
    Array.from({ length: 12 }, async (_, i) => {
      const one = organization();
      await one.up(named({ attributes: { n: String(i) } }));
      return one;
    }),
  );
  const { fresh } = later(organization());
  fresh.requests();
  for (const one of all) {
    const seen = Object.assign(fresh.resource("Organization"), { id: one.id, state: one.state, inputs: one.inputs });
    await seen.refresh();
    expect(seen.state).toEqual(one.state);
  }
  const requests = fresh.requests();
  expect(requests.filter((request) => request.includes("/organizations/"))).toHaveLength(3);
  expect(requests.length).toBeLessThanOrEqual(5);
});

test("it is read by its id alone", async () => {
  const args = named({ description: "Beds", attributes: { region: "South" } });
  const looked = organization();
  looked.id = await made({ ...args, attributes: [{ key: "region", value: "South" }] });
  await looked.refresh();
  expect(looked.state).toMatchObject({ ...args, status: "ACTIVE", parentId: root() });
});
