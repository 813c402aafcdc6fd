import { z } from "zod";
import { Api } from "../../provider/api/api";
import { path } from "../../provider/api/path";
import { Secrets } from "../../provider/api/redact";
import type { ApiRequest } from "../../provider/api/token";
import type { Properties } from "../../provider/core/clean";
import type { Definition, State } from "../../provider/core/definition";
import { lifecycle } from "../../provider/core/lifecycle";
import { Run } from "../../provider/core/run";
import { argsOf } from "../../provider/core/schema";
import { AsgardeoError, PartialCreateError } from "../../provider/errors";
import { answer, failure } from "../support/client";

interface LampArgs {
  readonly name: string;
  readonly colors?: string[];
  readonly place?: { readonly room: string };
}

interface LampOutputs {
  readonly serial: string;
  readonly note?: string;
}

const base = "http://127.0.0.1";
const aMark: unknown = expect.any(String);
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A kind of resource that sends a request in each function, and answers what the test says. */
function lamps(answers: Partial<Definition<LampArgs, LampOutputs>> = {}) {
  const sent: ApiRequest[] = [];
  const send = Object.assign(
    async (request: ApiRequest) => {
      sent.push(request);
      return request.method === "GET" ? answer(200, {}) : answer(204);
    },
    { require: async () => {} },
  );
  const apis: Api[] = [];
  const definition: Definition<LampArgs, LampOutputs> = {
    type: "Lamp",
    args: argsOf<LampArgs>()({
      name: z.string().min(1, "is empty"),
      colors: z.array(z.string()).optional(),
      place: z.strictObject({ room: z.string() }).optional(),
    }),
    outputs: ["serial", "note"],
    replaceOn: ["name"],
    secrets: [],
    keys: ["name"],
    path: (id) => path`/lamps/${id}`,
    probe: { load: (api) => api.get(path`/lamps`, z.unknown()) },
    match: async () => undefined,
    needs: {
      create: ["internal_application_mgt_create"],
      read: ["internal_application_mgt_view"],
      update: ["internal_application_mgt_update"],
      delete: ["internal_application_mgt_delete"],
      optionalView: ["internal_application_mgt_client_secret_view"],
      optionalWrite: ["internal_application_script_update"],
    },
    async create(api) {
      await api.post(path`/lamps`, {});
      return { id: "1", outputs: { serial: "s", note: undefined } };
    },
    async read(api) {
      await api.put(path`/lamps/${"1"}`, {});
      return undefined;
    },
    async update(api) {
      await api.patch(path`/lamps/${"1"}`, {});
      return { serial: "s2" };
    },
    async delete(api) {
      await api.delete(path`/lamps/${"1"}`);
    },
    ...answers,
  };
  const make = () => {
    const api = Api.over(send, base, new Secrets());
    apis.push(api);
    return api;
  };
  const said: string[] = [];
  const run = new Run((text) => void said.push(text));
  const surroundings = { api: make, run, isReadOnly: () => false };
  return { lamp: lifecycle(definition, surroundings), sent, apis, said };
}

describe("check and diff", () => {
  test("neither needs the tenant, so the API is not even asked for", () => {
    const { lamp, apis } = lamps();
    expect(lamp.check({ name: "a", __provider: "text" })).toEqual([]);
    expect(
      lamp.diff("1", { name: "a", serial: "s", __provider: "old" }, { name: "a", __provider: "new" }).changes,
    ).toBe(false);
    expect(apis).toEqual([]);
  });

  test("members that Pulumi sends as null are absent", () => {
    const { lamp } = lamps();
    expect(lamp.check({ name: "a", colors: null })).toEqual([]);
    expect(lamp.check({ name: null })).toEqual([
      { property: "name", reason: expect.stringMatching(/^name: missing, a string is needed; /) },
    ]);
    expect(lamp.diff("1", { name: "a" }, { name: "a", colors: null }).changes).toBe(false);
  });

  test("outputs of the server are no change", () => {
    expect(lamps().lamp.diff("1", { name: "a", serial: "s" }, { name: "a" }).changes).toBe(false);
  });
});

describe("strictness", () => {
  const wrong: [string, Properties, RegExp][] = [
    ["a wrong value", { name: "" }, /^name: is empty$/],
    ["an unknown key", { name: "a", colours: [] }, /^colours: no such property; did you mean `colors`\?$/],
    ["everything that is wrong", { name: 1, colors: "red" }, /^name: must be.*\ncolors: must be/],
    ["a value that is still not known", { name: "a", place: { room: unknown } }, /^place: is not known yet/],
  ];

  test.each(wrong)("%s is refused before any request", async (_, args, reason) => {
    const { lamp, sent } = lamps();
    for (const work of [() => lamp.create(args), () => lamp.update("1", { name: "a" }, args)]) {
      expect((await failure(AsgardeoError, work)).message).toMatch(reason);
    }
    expect(sent).toEqual([]);
  });
});

describe("permissions", () => {
  test("each operation has its own needs, and reading has no access to write", async () => {
    const { lamp, sent } = lamps();
    const { outs } = await lamp.create({ name: "a" });
    await lamp.read("1", outs);
    await lamp.update("1", outs, { name: "a" });
    await lamp.delete("1", outs);
    expect(sent.map(({ access, needs, optional }) => [access, ...needs, ...optional])).toEqual([
      ["write", "internal_application_mgt_create", "internal_application_script_update"],
      ["view", "internal_application_mgt_view", "internal_application_mgt_client_secret_view"],
      ["view", "internal_application_mgt_view", "internal_application_mgt_client_secret_view"],
      ["write", "internal_application_mgt_update", "internal_application_script_update"],
      ["write", "internal_application_mgt_delete", "internal_application_script_update"],
    ]);
  });
});

describe("create", () => {
  test("state holds what the program wrote and what the server decided, and nothing undefined", async () => {
    const { outs, id } = await lamps().lamp.create({ name: "a", colors: null, __provider: "text" });
    expect(id).toBe("1");
    expect(outs).toStrictEqual({ name: "a", serial: "s", __tenant: base, __holder: aMark });
  });

  test("a half-made object keeps the declared args beside what is known of it", async () => {
    const { lamp } = lamps({
      create: () => Promise.reject(new PartialCreateError("1", { serial: "s", note: undefined }, ["no bulb"])),
    });
    const error = await failure(PartialCreateError, () => lamp.create({ name: "a", colors: ["red"] }));
    expect(error).toMatchObject({ id: "1", reasons: ["no bulb"], message: "no bulb" });
    expect(error.properties).toStrictEqual({
      name: "a",
      colors: ["red"],
      serial: "s",
      __tenant: base,
      __holder: aMark,
    });
  });

  test("any other error is left as it is", async () => {
    const error = new Error("cut");
    await expect(lamps({ create: () => Promise.reject(error) }).lamp.create({ name: "a" })).rejects.toBe(error);
  });
});

describe("read", () => {
  const live = { args: { name: "b", colors: ["red", "blue"], place: { room: "hall" } }, outputs: { serial: "s2" } };

  test("what is declared and has drifted is told, with fresh outputs; what is not declared is not", async () => {
    const { lamp } = lamps({ read: async () => live });
    const state = { name: "a", colors: ["blue", "red"], serial: "s", note: "kept", __provider: "text" };
    expect(await lamp.read("1", state)).toStrictEqual({
      inputs: { name: "b", colors: ["blue", "red"] },
      props: { name: "b", colors: ["blue", "red"], serial: "s2", note: "kept", __tenant: base, __holder: aMark },
    });
  });

  test("what the server no longer has is left out, not undefined", async () => {
    const { lamp } = lamps({ read: async () => ({ args: { name: "a" }, outputs: {} }) });
    expect(await lamp.read("1", { name: "a", colors: ["red"] })).toStrictEqual({
      inputs: { name: "a" },
      props: { name: "a", __tenant: base, __holder: aMark },
    });
  });

  test("a look-up by id reads everything", async () => {
    const { lamp } = lamps({ read: async () => live });
    expect(await lamp.read("1", { __provider: "text" })).toStrictEqual({
      inputs: live.args,
      props: { ...live.args, ...live.outputs, __tenant: base, __holder: aMark },
    });
  });

  test("what is gone is undefined", async () => {
    expect(await lamps({ read: async () => undefined }).lamp.read("1", { name: "a" })).toBeUndefined();
  });

  test("the definition gets args and outputs of the state apart, without Pulumi's own", async () => {
    const states: State<LampArgs, LampOutputs>[] = [];
    const { lamp } = lamps({
      read: async (_, __, state) => {
        states.push(state);
        return undefined;
      },
    });
    await lamp.read("1", { name: "a", colors: null, serial: "s", __provider: "text", id: "1" });
    expect(states).toStrictEqual([{ args: { name: "a" }, outputs: { serial: "s" } }]);
  });
});

describe("update and delete", () => {
  test("an arg that is removed is gone from state, and the definition is told what it was", async () => {
    const seen: unknown[] = [];
    const { lamp } = lamps({
      update: async (_, id, args, state) => {
        seen.push(id, args, state.args);
        return { serial: "s2" };
      },
    });
    const { outs } = await lamp.update("1", { name: "a", colors: ["red"], serial: "s" }, { name: "a" });
    expect(seen).toStrictEqual(["1", { name: "a" }, { name: "a", colors: ["red"] }]);
    expect(outs).toStrictEqual({ name: "a", serial: "s2", __tenant: base, __holder: aMark });
  });

  test("deleting gets the state", async () => {
    const seen: unknown[] = [];
    const { lamp } = lamps({
      delete: async (_, id, state) => {
        seen.push(id, state);
      },
    });
    await lamp.delete("1", { name: "a", serial: "s" });
    expect(seen).toStrictEqual(["1", { args: { name: "a" }, outputs: { serial: "s" } }]);
  });
});
