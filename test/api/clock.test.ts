import { systemClock } from "../../provider/api/clock";

test("time goes on while one sleeps, and never back", async () => {
  const before = systemClock.now();
  await systemClock.sleep(5);
  expect(systemClock.now() - before).toBeGreaterThanOrEqual(4);
});

test("setting the machine's clock back does not move it", () => {
  const before = systemClock.now();
  const date = jest.spyOn(Date, "now").mockReturnValue(0);
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  date.mockRestore();
});

test("jitter is a number from 0 up to 1", () => {
  const values = Array.from({ length: 100 }, () => systemClock.random());
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
});
