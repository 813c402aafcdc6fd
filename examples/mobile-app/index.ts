import * as asgardeo from "pulumi-asgardeo";

const notes = new asgardeo.Application("notes", {
  name: "Notes",
  // The console shows it as a mobile application.
  templateId: "mobile-application",
  oidc: {
    grantTypes: ["authorization_code", "refresh_token"],
    callbackUrls: [
      // Best: an `https` link that the operating system opens in this app alone (RFC 8252 section 7.2).
      "https://notes.example.com/app/callback",
      // Where that is not to be had: a scheme that begins with a domain of yours, turned round (section 7.1).
      "com.example.notes:/callback",
    ],
    // Whatever is in an app can be read on a phone: no secret, so PKCE.
    publicClient: true,
    pkce: { mandatory: true },
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 900 },
    // Long enough for somebody who opens the app once in a fortnight; renewed at each use.
    refreshToken: { expiryInSeconds: 14 * 86_400, renewRefreshToken: true },
  },
});

// What the build of the app needs. None of it is secret.
export const clientId = notes.clientId;
export const discoveryUrl = notes.discoveryUrl;
