const swc = ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }];
/** Packages that are ES modules alone, which jest cannot require as they are. */
const modules = "(jose|openid-client|oauth4webapi)/";

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // A machine with two cores that has other work as well takes its time.
  testTimeout: 30_000,
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.ts$": swc, [`/node_modules/${modules}.+\\.js$`]: swc },
  transformIgnorePatterns: [`/node_modules/(?!${modules})`],
  // Everyday edits with the real CLI take long: `npm run chaos` has them.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/edits/"],
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.pulumi-local"],
};
