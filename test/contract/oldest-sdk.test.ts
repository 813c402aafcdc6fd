import { contract } from "./contract";

jest.setTimeout(60_000);

describe("under the oldest SDK that the package supports, the provider process's", () => {
  contract("pulumi-sdk-oldest", ["properties"]);
});
