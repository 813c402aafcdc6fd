import { changesText } from "../../provider/core/differences";
import { Run } from "../../provider/core/run";
import { client, type HostileServer, hostileServer } from "../support/hostile-server";
import { places } from "./places";

const forged = "asgardeo: warning: forged";

/** What a server may say to steer a terminal, or to seem to be somebody else. */
const texts: Readonly<Record<string, string>> = {
  "colours a text": "\u001b[31mred",
  "names the window": "\u001b]0;title\u0007",
  "clears the screen in one character": "\u009b2J",
  "goes back in the line": "good\rbad\b\b",
  "turns the direction": "\u202eexe.gpj\u2066\u200f\u061c",
  "hides characters": "a\u200b\u2060\ufeff\u00adb",
  "has half a character": "a\ud800b",
  "begins a line": `bad\n${forged}`,
  "begins a line in other ways": `bad\u2028${forged}\u0085${forged}\u000b${forged}`,
};

/** All that must not reach a terminal. */
const raw = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

let server: HostileServer;
beforeAll(async () => {
  server = await hostileServer();
});
afterAll(() => server.close());

const table = Object.keys(places).flatMap((place) => Object.keys(texts).map((name): [string, string] => [name, place]));

test.each(table)("a text that %s is harmless where it is shown by %s", async (name, place) => {
  const text = (await places[place]?.(server, texts[name] ?? "")) ?? "";
  expect(text.length).toBeGreaterThan(30);
  expect(raw.exec(text)).toBeNull();
  expect(text.split("\n").filter((line) => line.startsWith(forged))).toEqual([]);
});

test.each(Object.entries(texts))("a line for the user that %s is harmless", (_, text) => {
  const said: string[] = [];
  new Run((line) => void said.push(line)).say(text);
  expect(said).toHaveLength(1);
  expect(raw.exec(said[0] ?? "\u001b")).toBeNull();
});

test.each(Object.entries(texts))("an element of a list that %s is harmless in a preview", (_, text) => {
  const words = changesText([{ path: "scopes", from: [{ name: text }], to: ["a"] }], [], (each) => each);
  const said: string[] = [];
  new Run((line) => void said.push(line)).say(words);
  expect(raw.exec(said[0] ?? "\u001b")).toBeNull();
  expect(said[0]).not.toContain("\n");
});

test("the name of a property that steers a terminal is harmless in what is wrong with it", () => {
  const { lifecycle } = client(server);
  const [failure] = lifecycle("Application").check({ name: "Shop", "a\u001b[31m\u202eb": 1 });
  expect(failure?.reason).toMatch(/^a\\u001b\[31m\\u202eb: no such property/);
});

test("a line that is said while something is waited for is harmless, and has no secret", async () => {
  const { api, said } = client(server);
  api.keepSecret("kQ7vXw2ZpLr9TnB4sYd8");
  const what = "the object \u001b[31m\u202e kQ7vXw2ZpLr9TnB4sYd8 is there";
  await expect(api.eventually({ what, look: async () => undefined })).rejects.toThrow("it is still not so");
  expect(said[0]).toMatch(/^waiting until the object \\u001b\[31m\\u202e \[secret\] is there: /);
});
