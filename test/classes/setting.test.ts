import { resource } from "../../provider/classes/resource";
import { scopesOf } from "../../provider/core/access";
import { withoutTold } from "../../provider/core/told";
import { type LookArgs, type LookOutputs, look } from "../core/setting-fake";
import { registrations } from "./registrations";

class Look extends resource<LookArgs, LookOutputs>(look) {}

test("a setting has a class like any object", async () => {
  const told = await registrations(async () => {
    const { urn } = new Look("login", { title: "A" });
    await new Promise((done) => urn.apply(done));
  });
  expect(told.map(({ inputs, ...more }) => ({ ...more, inputs: withoutTold(inputs) }))).toEqual([
    {
      name: "login",
      deleteBeforeReplace: true,
      inputs: {
        title: "A",
        __logicalName: "login",
        __provider: 'exports.handler=()=>require("pulumi-asgardeo/runtime").provider("Look")',
      },
    },
  ]);
});

test("`import` is answered by what to do instead: a setting cannot be adopted", () => {
  expect(() => new Look("login", { title: "A" }, { import: "look:tenant" })).toThrow(
    /Take `import` out: a setting is always there, and the first run takes it over\.$/,
  );
});

test("the scopes of a setting are those of reading, of putting and of resetting it, and the optional ones", () => {
  expect(scopesOf(look.needs)).toEqual([
    "internal_application_mgt_update",
    "internal_application_mgt_view",
    "internal_application_mgt_delete",
    "internal_application_mgt_client_secret_view",
  ]);
});
