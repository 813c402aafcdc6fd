import type { Plain } from "../../../provider/core/schema";
import type { OidcArgs } from "../../../provider/resources/application/oidc.args";

import {
  type OidcWire,
  oidcFromWire,
  oidcToCreate,
  oidcToPut,
  oidcWire,
} from "../../../provider/resources/application/oidc.wire";
import { fixture, sampleTest } from "./fixture";

const grantTypes: Plain<OidcArgs>["grantTypes"] = ["client_credentials"];

function live(body: object = {}): OidcWire {
  return oidcWire.parse({ clientId: "abc", grantTypes: ["client_credentials"], ...body });
}

describe("create", () => {
  test("only what is declared is sent", () => {
    expect(oidcToCreate({ grantTypes, publicClient: false })).toEqual({ grantTypes, publicClient: false });
  });

  test("partial nested objects are completed, because the server fails on them", () => {
    expect(
      oidcToCreate({
        grantTypes,
        pkce: { mandatory: true },
        hybridFlow: { responseType: "code token" },
        accessToken: { type: "JWT" },
        refreshToken: { renewRefreshToken: true },
        subjectToken: { enable: true },
        ciba: { notificationChannels: ["sms"] },
      }),
    ).toEqual({
      grantTypes,
      pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
      hybridFlow: { enable: false, responseType: "code token" },
      accessToken: {
        type: "JWT",
        userAccessTokenExpiryInSeconds: 3600,
        applicationAccessTokenExpiryInSeconds: 3600,
      },
      refreshToken: { expiryInSeconds: 86400, renewRefreshToken: true },
      subjectToken: { enable: true, applicationSubjectTokenExpiryInSeconds: 0 },
      cibaAuthenticationRequest: {
        authReqExpiryTime: 600,
        notificationChannels: ["sms"],
        skipUserValidation: false,
        allowFederatedUsers: false,
      },
    });
  });

  test("an object in which nothing is declared is not sent", () => {
    expect(oidcToCreate({ grantTypes, pkce: {}, idToken: { encryption: {} } })).toEqual({ grantTypes });
  });

  test("the args' names become the API's", () => {
    expect(
      oidcToCreate({
        grantTypes,
        callbackUrls: ["https://a.example"],
        accessToken: { revokeTokensWhenIdpSessionTerminated: true },
        idToken: { signedResponseAlgorithm: "PS256" },
        requestObject: { signingAlgorithm: "ES256" },
        requirePushedAuthorizationRequests: true,
        fapiApplication: true,
        clientId: "me",
        clientSecret: "hush",
      }),
    ).toMatchObject({
      callbackURLs: ["https://a.example"],
      accessToken: { revokeTokensWhenIDPSessionTerminated: true },
      idToken: { idTokenSignedResponseAlg: "PS256" },
      requestObject: { requestObjectSigningAlg: "ES256" },
      pushAuthorizationRequest: { requirePushAuthorizationRequest: true },
      isFAPIApplication: true,
      clientId: "me",
      clientSecret: "hush",
    });
  });
});

describe("put", () => {
  test("what is not declared stays, at every depth, even what this version does not know", () => {
    const body = {
      callbackURLs: ["https://a.example"],
      accessToken: {
        type: "JWT",
        userAccessTokenExpiryInSeconds: 1,
        applicationAccessTokenExpiryInSeconds: 2,
        novel: 3,
      },
      idToken: { expiryInSeconds: 5, encryption: { enabled: true, algorithm: "RSA-OAEP" } },
      fapiProfile: "FAPI2_SECURITY",
    };
    const put = oidcToPut(live(body), { grantTypes, accessToken: { userAccessTokenExpiryInSeconds: 9 } }, {});
    expect(put).toEqual(live({ ...body, accessToken: { ...body.accessToken, userAccessTokenExpiryInSeconds: 9 } }));
  });

  test("read-only members and nulls are left out; client id and secret are the live ones", () => {
    const body = { state: "ACTIVE", multipleClientSecretsConfigured: false, clientSecret: "s", logout: null, pkce: {} };
    const put = oidcToPut(live(body), { grantTypes, clientId: "other", clientSecret: "other" }, {});
    expect(put).toEqual({ clientId: "abc", clientSecret: "s", grantTypes });
    expect(oidcToPut(live({ clientSecret: null }), { grantTypes }, {})).not.toHaveProperty("clientSecret");
  });

  test("what was declared and is no longer goes back to the server's default, at every depth", () => {
    const old: Plain<OidcArgs> = {
      grantTypes,
      callbackUrls: ["https://a.example"],
      publicClient: true,
      accessToken: { type: "JWT", bindingType: "cookie", userAccessTokenExpiryInSeconds: 9 },
      refreshToken: { renewRefreshToken: true },
      idToken: { signedResponseAlgorithm: "PS256", encryption: { enabled: true, algorithm: "RSA-OAEP" } },
      logout: { backChannelLogoutUrl: "https://a.example" },
      clientAuthentication: { tokenEndpointAuthMethod: "private_key_jwt" },
      requirePushedAuthorizationRequests: true,
      subject: { subjectType: "pairwise" },
    };
    const was = oidcToPut(live({ accessToken: { applicationAccessTokenExpiryInSeconds: 7 } }), old, {});
    const put = oidcToPut(
      was,
      { grantTypes, accessToken: { type: "JWT" }, idToken: { encryption: { enabled: true } } },
      old,
    );
    expect(put).toEqual({
      clientId: "abc",
      grantTypes,
      callbackURLs: [],
      publicClient: false,
      accessToken: {
        type: "JWT",
        bindingType: "None",
        userAccessTokenExpiryInSeconds: 3600,
        applicationAccessTokenExpiryInSeconds: 7,
      },
      refreshToken: { expiryInSeconds: 86400 },
      idToken: { encryption: { enabled: true } },
      pushAuthorizationRequest: { requirePushAuthorizationRequest: false },
      subject: { subjectType: "public" },
    });
  });

  test("an object that the server has not is completed", () => {
    const put = oidcToPut(live({ pkce: null }), { grantTypes, pkce: { mandatory: true } }, {});
    expect(put.pkce).toEqual({ mandatory: true, supportPlainTransformAlgorithm: false });
  });
});

describe("read", () => {
  test("nothing, null and empty are absent, and no binding is the binding None", () => {
    const body = {
      callbackURLs: [],
      accessToken: { type: "", bindingType: null, userAccessTokenExpiryInSeconds: 0 },
      subjectToken: { enable: false, applicationSubjectTokenExpiryInSeconds: 0 },
      idToken: { idTokenSignedResponseAlg: null, encryption: { enabled: false, algorithm: "", method: "" } },
      logout: { backChannelLogoutUrl: "", frontChannelLogoutUrl: null },
      requestObject: { requestObjectSigningAlg: null, encryption: { algorithm: "", method: "" } },
    };
    expect(oidcFromWire(live(body))).toEqual({
      clientId: "abc",
      grantTypes,
      callbackUrls: [],
      accessToken: { bindingType: "None" },
      subjectToken: { enable: false },
      idToken: { encryption: { enabled: false } },
    });
  });

  test("the client secret is never told", () => {
    expect(JSON.stringify(oidcFromWire(live({ clientSecret: "hush" })))).not.toContain("hush");
  });

  test("what is declared comes back", () => {
    const args: Plain<OidcArgs> = {
      grantTypes: ["authorization_code"],
      callbackUrls: ["https://a.example/cb", "https://b.example/cb"],
      accessToken: { type: "JWT", bindingType: "None", revokeTokensWhenIdpSessionTerminated: true },
      idToken: { signedResponseAlgorithm: "PS256" },
      requestObject: { signingAlgorithm: "ES256", encryption: { algorithm: "RSA-OAEP" } },
      requirePushedAuthorizationRequests: true,
      fapiApplication: true,
      ciba: { authReqExpiryTime: 5 },
      clientId: "me",
    };
    expect(oidcFromWire(oidcWire.parse(oidcToCreate(args)))).toMatchObject(args);
  });

  test("an answer without a client id is refused", () => {
    expect(oidcWire.safeParse({ grantTypes }).success).toBe(false);
  });

  test("words that newer servers know do not fail the reading", () => {
    const wire = live({ grantTypes: ["kerberos"], accessToken: { type: "Opaque", bindingType: "novel" } });
    expect(oidcFromWire(wire)).toMatchObject({ grantTypes: ["kerberos"], accessToken: { type: "Opaque" } });
  });
});

describe("WSO2's own samples", () => {
  const full = fixture("application-create-oidc-full.request.json");
  const put = fixture("application-oidc-put.request.json");

  sampleTest.each([
    ["create", full?.inboundProtocolConfiguration.oidc],
    ["put", put],
  ])("the sample of a %s survives a reading and a writing", (_, sample) => {
    const { clientSecret: _secret, ...rest } = sample;
    const { logout: _logout, ...expected } = rest;
    const sent = oidcToCreate(oidcFromWire(oidcWire.parse(sample)));
    expect(sent).toMatchObject(expected);
    expect(oidcToPut(oidcWire.parse(sample), { grantTypes: sample.grantTypes }, {})).toEqual(sample);
  });
});
