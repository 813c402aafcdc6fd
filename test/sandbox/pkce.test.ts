import { Codes } from "../../sandbox/sign-in/codes";
import { challenge, inQuery, query, type SignInScene, signInScene, target, Visitor } from "./login-scene";

const mandatory =
  "PKCE is mandatory for this application. PKCE Challenge is not provided or is not upto RFC 7636 specification.";
const unsupported = "Unsupported PKCE Challenge Method";
const noPlain = 'This application does not support "plain" transformation algorithm.';
const malformed = "Code challenge used is not up to RFC 7636 specifications.";
const plain = "a".repeat(43);

async function asked(scene: SignInScene, code_challenge?: string, code_challenge_method?: string) {
  const url = target(
    await new Visitor().get(
      `${scene.place}/oauth2/authorize?${query(scene, { code_challenge, code_challenge_method })}`,
    ),
  );
  return url.pathname.endsWith("/login.do") ? "login" : inQuery(url);
}

const refusal = (error_description: string) => ({ error: "invalid_request", error_description });

describe("a PKCE challenge", () => {
  test("that is mandatory is refused when it is absent or malformed, whatever the method", async () => {
    const scene = await signInScene({ pkce: { mandatory: true, supportPlainTransformAlgorithm: true } });
    expect(await asked(scene)).toEqual(refusal(mandatory));
    expect(await asked(scene, "")).toEqual(refusal(mandatory));
    expect(await asked(scene, undefined, "S256")).toEqual(refusal(mandatory));
    expect(await asked(scene, `${challenge}a`, "S256")).toEqual(refusal(mandatory));
    expect(await asked(scene, "short")).toEqual(refusal(mandatory));
    expect(await asked(scene, challenge, "S512")).toEqual(refusal(mandatory));
    expect(await asked(scene, challenge, "S256")).toBe("login");
    expect(await asked(scene, plain, "plain")).toBe("login");
    expect(await asked(scene, plain)).toBe("login");
  });

  test("that is mandatory and plain is refused where plain ones are off", async () => {
    const scene = await signInScene({ pkce: { mandatory: true, supportPlainTransformAlgorithm: false } });
    expect(await asked(scene, plain, "plain")).toEqual(refusal(noPlain));
    expect(await asked(scene, plain)).toEqual(refusal(noPlain));
  });

  test("is checked in the server's order also where the application asks for none", async () => {
    const scene = await signInScene();
    expect(await asked(scene)).toBe("login");
    expect(await asked(scene, undefined, "S512")).toBe("login");
    expect(await asked(scene, "short", "S512")).toEqual(refusal(unsupported));
    expect(await asked(scene, "short", "s256")).toEqual(refusal(unsupported));
    expect(await asked(scene, "short", "plain")).toEqual(refusal(noPlain));
    expect(await asked(scene, plain)).toEqual(refusal(noPlain));
    expect(await asked(scene, "short", "S256")).toEqual(refusal(malformed));
    expect(await asked(scene, challenge, "S256")).toBe("login");
  });

  test("that is plain has 43 to 128 characters of a verifier", async () => {
    const scene = await signInScene({ pkce: { mandatory: false, supportPlainTransformAlgorithm: true } });
    for (const good of [plain, "-._~".repeat(32)]) expect(await asked(scene, good, "plain")).toBe("login");
    for (const bad of ["a".repeat(42), "a".repeat(129), `${plain}+`]) {
      expect(await asked(scene, bad, "plain")).toEqual(refusal(malformed));
    }
  });

  test("is kept with the code, as plain where no method was said", async () => {
    const issued = jest.spyOn(Codes.prototype, "issue");
    const scene = await signInScene({ pkce: { mandatory: false, supportPlainTransformAlgorithm: true } });
    await new Visitor().signIn(scene, { code_challenge: plain });
    expect(issued.mock.results.at(-1)?.value).toMatchObject({ challenge: { value: plain, method: "plain" } });
    await new Visitor().signIn(scene);
    expect(issued.mock.results.at(-1)?.value).toMatchObject({ challenge: undefined });
  });
});
