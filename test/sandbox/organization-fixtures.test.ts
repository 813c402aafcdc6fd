import { acme, at, fixture, members, ORG, OTHER, ROOT, times, where, withTrace } from "./organization-fixtures";
import { callerIn, sceneFor, shareWithAll } from "./organization-scene";
import { objectOf, textAt, valueAt } from "./support";

describe("the fixtures of organizations", () => {
  where("are the life of one", async () => {
    const { call, sandbox } = await sceneFor({ organization: "acme" });
    const root = sandbox.tenant.organizations[0]?.id ?? "";
    const name = "org-life-cycle.json";
    const created = await call(
      "POST",
      "/organizations",
      fixture(name, ["create"], { "${parentId}": root, "${orgHandle}": "centralhospital.com" }),
    );
    const id = textAt(created.body, "id");
    const ids = { [ROOT]: root, [ORG]: id };
    expect(created).toMatchObject({ status: 201 });
    expect(created.body).toEqual({ ...objectOf(fixture(name, ["createResponse201"], ids)), ...times });
    expect((await call("PUT", `/organizations/${id}`, fixture(name, ["put"]))).status).toBe(200);
    expect((await call("GET", `/organizations/${id}`)).body).toEqual({
      ...objectOf(fixture(name, ["getResponse"], ids)),
      ...times,
    });
    const patched = await call("PATCH", `/organizations/${id}`, fixture(name, ["patchAttributes"]));
    expect(valueAt(patched.body, "attributes")).toEqual([
      { key: "Language", value: "Tamil" },
      { key: "Country", value: "Sri Lanka" },
    ]);
    for (const [path, key] of [
      ["check-name", "checkName"],
      ["check-handle", "checkHandle"],
    ] as const) {
      const { body } = await call("POST", `/organizations/${path}`, fixture(name, [key]));
      expect(body).toEqual(fixture(name, ["checkResponse"]));
    }
    const rename = fixture(name, ["patchRename"], { "${newOrganizationName}": "Renamed" });
    expect((await call("PATCH", `/organizations/${id}`, rename)).body).toMatchObject({ name: "Renamed" });
    const disable = fixture("organization.json", ["patchDisable"]);
    expect((await call("PATCH", `/organizations/${id}`, disable)).body).toMatchObject({ status: "DISABLED" });
    expect((await call("DELETE", `/organizations/${id}`)).status).toBe(204);
    expect((await call("GET", "/organizations")).body).toEqual(fixture(name, ["listResponseEmpty"]));
    const other = fixture("organization.json", ["create"], { "${parentId}": root });
    expect(await call("POST", "/organizations", other)).toMatchObject({
      status: 201,
      body: objectOf(Object.fromEntries(Object.entries(objectOf(other)).filter(([key]) => key !== "parentId"))),
    });
  });

  where("have the list of a page, and a child that is made by a switched token", async () => {
    const scene = await acme();
    const name = "org-life-cycle.json";
    const { body } = await scene.call("GET", "/organizations?limit=1");
    expect(members(body)).toEqual(members(fixture(name, ["listResponse"])));
    expect(members(valueAt(body, "organizations", 0))).toEqual(
      members(fixture(name, ["listResponse", "organizations", "0"])),
    );
    const href = textAt(fixture(name, ["listResponse", "links", "0"]), "href");
    expect(textAt(valueAt(body, "links", 0), "href").split("&after=")[0]).toBe(href.split("&after=")[0]);
    await shareWithAll(scene);
    const inside = await callerIn(scene, at(scene, ORG));
    const child = fixture(name, ["createChildWithSwitchedToken"], scene.ids);
    expect((await inside("POST", "/o/api/server/v1/organizations", child)).status).toBe(201);
    const deleted = await scene.call("DELETE", `/organizations/${at(scene, ORG)}`);
    expect([deleted.status, deleted.body]).toEqual([400, withTrace("hasChildren400", scene)]);
  });

  where("are the refusals", async () => {
    const scene = await acme();
    const { call } = scene;
    const ask = async (key: string, method: string, path: string, body?: unknown) => {
      const answer = await call(method, path, body);
      expect([answer.status, answer.body]).toEqual([Number(key.slice(-3)), withTrace(key, scene)]);
    };
    await ask("nameTaken400", "POST", "/organizations", { name: "Central Hospital" });
    await ask("handleTaken400", "POST", "/organizations", { name: "New", orgHandle: "centralhospital.com" });
    await ask("parentElsewhere403", "POST", "/organizations", { name: "New", parentId: at(scene, OTHER) });
    await ask("badCursor400", "GET", "/organizations?after=%25");
    await call("DELETE", `/organizations/${at(scene, ORG)}`);
    await ask("notFound404", "GET", `/organizations/${at(scene, ORG)}`);
  });

  where("are those of discovery", async () => {
    const scene = await acme();
    const name = "org-discovery.json";
    const path = "/organization-configs/discovery";
    expect((await scene.call("POST", path, fixture(name, ["configMissingKey400"]))).status).toBe(400);
    expect((await scene.call("POST", path, fixture(name, ["configCreate"]))).body).toEqual(
      fixture(name, ["configResponse"]),
    );
    expect((await scene.call("POST", "/organizations/check-discovery", fixture(name, ["check"]))).body).toEqual(
      fixture(name, ["checkResponse"]),
    );
    const ids = {
      ...scene.ids,
      "${organizationID}": at(scene, ORG),
      "Greater Hospital": "Central Hospital",
      "greaterhospital.com": "centralhospital.com",
    };
    const created = await scene.call("POST", "/organizations/discovery", fixture(name, ["attributesCreate"], ids));
    expect([created.status, created.body]).toEqual([201, fixture(name, ["attributesCreateResponse201"])]);
    expect((await scene.call("GET", "/organizations/discovery")).body).toEqual(fixture(name, ["listResponse"], ids));
    const put = fixture(name, ["attributesPut"]);
    expect((await scene.call("PUT", `/organizations/${at(scene, ORG)}/discovery`, put)).body).toEqual(put);
  });
});
