import { stub } from "../../provider/core/stub";

test("the text in state is frozen: state written today must work with every later release", () => {
  expect(stub("Application")).toBe('exports.handler=()=>require("pulumi-asgardeo/runtime").provider("Application")');
});

test("it is a handler that asks the runtime for the type", () => {
  const module = { exports: {} as { handler?: () => unknown } };
  const asked: string[] = [];
  const require = (name: string) => ({ provider: (type: string) => asked.push(name, type) });
  new Function("exports", "require", stub("ApiResource"))(module.exports, require);
  module.exports.handler?.();
  expect(asked).toEqual(["pulumi-asgardeo/runtime", "ApiResource"]);
});
