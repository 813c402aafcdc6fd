import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Patient } from "../../provider/look-ups/patient";

/** What a process of its own says that runs this program: the tests' own process hears nothing of its promises. */
function said(program: string): string[] {
  const patient = join(__dirname, "..", "..", "dist", "provider", "look-ups", "patient.js");
  const heard = `
    const { Patient } = require(${JSON.stringify(patient)});
    const say = (text) => process.stdout.write(text + "\\n");
    const turn = () => new Promise((done) => setImmediate(done));
    const failing = (Kind) => new Kind((_, fail) => fail(new Error("nothing there")));
    process.on("unhandledRejection", ({ message }) => say("unhandled: " + message));
    process.on("rejectionHandled", () => say("handled late"));`;
  const output = execFileSync(process.execPath, ["-e", `${heard}\n(async () => {${program}})();`], {
    encoding: "utf8",
  });
  return output.split("\n").filter(Boolean);
}

test("a patient promise answers as any other", async () => {
  const promise = new Patient<number>((done) => done(1));
  expect(promise).toBeInstanceOf(Promise);
  expect(await promise).toBe(1);
  expect(await promise.then((value) => value + 1)).toBe(2);
  await expect(new Patient((_, fail) => fail(new Error("nothing there")))).rejects.toThrow("nothing there");
});

/** Takes a failure late: of the promise itself, of what is made of it, and of several. */
const late = (kind: string) => `
  const [one, two, three] = [failing(${kind}), failing(${kind}).then(String), failing(${kind})];
  await turn();
  await turn();
  for (const taken of [one, two, Promise.all([three])]) await taken.catch(({ message }) => say("caught: " + message));`;

test("its failure waits for who takes it, also of what is made of it", () => {
  expect(said(late("Patient"))).toEqual(Array(3).fill("caught: nothing there"));
  expect(said(late("Promise"))).toContain("handled late");
});

test("a failure that nobody takes is not lost", () => {
  expect(said("failing(Patient)")).toEqual(["unhandled: nothing there"]);
});
