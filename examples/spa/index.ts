import * as pulumi from "@pulumi/pulumi";
import * as asgardeo from "pulumi-asgardeo";

const url = new pulumi.Config().require("url");

const cards = new asgardeo.ApiResource("cards", {
  name: "Cards API",
  identifier: `${url}/api/cards`,
  scopes: [
    { name: "cards:read", displayName: "See cards" },
    { name: "cards:move", displayName: "Move cards" },
  ],
});

const board = new asgardeo.Application("board", {
  name: "Card Board",
  accessUrl: url,
  // The console shows it as a single-page application.
  templateId: "6a90e4b0-fbff-42d7-bfde-1efd98f07cd7",
  oidc: {
    grantTypes: ["authorization_code", "refresh_token"],
    callbackUrls: [`${url}/callback`],
    // Scripts of this origin may call the token endpoint.
    allowedOrigins: [url],
    // Whatever is in a browser can be read there: no secret, so PKCE.
    publicClient: true,
    pkce: { mandatory: true },
    accessToken: { type: "JWT", userAccessTokenExpiryInSeconds: 900 },
    // A refresh token that was stolen and used shows itself: the app's own is refused then.
    refreshToken: { expiryInSeconds: 86_400, renewRefreshToken: true },
  },
});

new asgardeo.ApiAuthorization("board-cards", {
  application: board.id,
  api: cards.id,
  scopes: ["cards:read", "cards:move"],
});

// What the build of the app needs. None of it is secret.
export const clientId = board.clientId;
export const discoveryUrl = board.discoveryUrl;
