import { contract } from "./contract";

jest.setTimeout(60_000);

describe("under the newest SDK, the provider process's", () => {
  contract("pulumi-sdk-newest", ["properties", "inputs"]);
});
