import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Patient } from "../../provider/look-ups/patient";

const failing = () => new Patient<string>((_, fail) => fail(new Error("nothing there")));
const turn = () => new Promise((done) => setImmediate(done));

test("a patient promise answers as any other", async () => {
  const promise = new Patient<number>((done) => done(1));
  expect(promise).toBeInstanceOf(Promise);
  expect(await promise).toBe(1);
  expect(await promise.then((value) => value + 1)).toBe(2);
});

test("its failure waits for who takes it, also of what is made of it", async () => {
  const noted: unknown[] = [];
  const note = (reason: unknown) => void noted.push(reason);
  process.on("unhandledRejection", note).on("rejectionHandled", note);
  try {
    const promise = failing();
    const derived = failing().then((value) => value.length);
    await turn();
    await turn();
    await expect(promise).rejects.toThrow("nothing there");
    await expect(derived).rejects.toThrow("nothing there");
    await expect(Promise.all([failing()])).rejects.toThrow("nothing there");
    await turn();
    expect(noted).toEqual([]);
  } finally {
    process.off("unhandledRejection", note).off("rejectionHandled", note);
  }
});

test("a failure that nobody takes is not lost", () => {
  const patient = join(__dirname, "..", "..", "dist", "provider", "look-ups", "patient.js");
  const program = `
    const { Patient } = require(${JSON.stringify(patient)});
    new Patient((_, fail) => fail(new Error("nothing there")));
    process.on("unhandledRejection", ({ message }) => process.stdout.write(message));`;
  expect(execFileSync(process.execPath, ["-e", program], { encoding: "utf8" })).toBe("nothing there");
});
