import { bearer, post, refusal, signInScene } from "./sign-in-scene";
import { requestToken, sharedJson, textAt, valueAt } from "./support";

const read = sharedJson("fixtures");
const where = read ? test : test.skip;
const invalid = refusal("invalid_token", "Access token validation failed", 401);
const lacking = refusal("insufficient_scope", "Access token does not have the openid scope", 403);

describe("the user info", () => {
  test("has the subject, and the claims of the ID token", async () => {
    const { ask, signedIn, userId } = await signInScene();
    const token = (await signedIn("openid profile roles")).access_token;
    const about = { sub: userId, given_name: "Demo", family_name: "User", roles: ["Booking Admin"] };
    expect(await ask("/oauth2/userinfo", bearer(token))).toMatchObject({ status: 200, body: about });
    expect((await ask("/oauth2/userinfo", bearer(token))).body).toEqual(about);
    expect((await ask("/oauth2/userinfo", { method: "POST", ...bearer(token) })).body).toEqual(about);
    expect((await ask("/oauth2/userinfo", post({ access_token: String(token) }))).body).toEqual(about);
  });

  test("is refused to a token that is unknown or has ended", async () => {
    let now = 1_800_000_000_000;
    const { ask, signedIn } = await signInScene({ now: () => now });
    const answer = await ask("/oauth2/userinfo", bearer("made-up"));
    expect(answer).toMatchObject(invalid);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    const { access_token } = await signedIn();
    now += 3_600_000;
    expect(await ask("/oauth2/userinfo", bearer(access_token))).toMatchObject(invalid);
  });

  test("is refused to a token without the scope openid, as every client's own is", async () => {
    const { ask, signedIn, sandbox } = await signInScene();
    const own = textAt((await requestToken(sandbox, sandbox, { scope: "SYSTEM openid" })).body, "access_token");
    for (const token of [own, (await signedIn("profile")).access_token]) {
      expect(await ask("/oauth2/userinfo", bearer(token))).toMatchObject(lacking);
    }
  });

  test("is refused to a request without a token", async () => {
    const { ask } = await signInScene();
    const missing = refusal("invalid_request", "Authorization header missing");
    expect(await ask("/oauth2/userinfo")).toMatchObject(missing);
    expect(await ask("/oauth2/userinfo", post({}))).toMatchObject(missing);
  });

  where("answers as the fixtures say", async () => {
    const { ask, signedIn, userId } = await signInScene();
    const fixture = valueAt(read?.("authn-tokens.json"), "userinfo");
    const errors = valueAt(read?.("authn-errors.json"), "userinfo");
    const [openid, none] = [(await signedIn()).access_token, (await signedIn("profile")).access_token];
    expect((await ask("/oauth2/userinfo", bearer(openid))).body).toEqual({ ...Object(fixture), sub: userId });
    expect((await ask("/oauth2/userinfo", bearer("x"))).body).toEqual(valueAt(errors, "badToken401"));
    expect((await ask("/oauth2/userinfo", bearer(none))).body).toEqual(valueAt(errors, "noOpenid403"));
  });
});
