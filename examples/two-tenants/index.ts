import * as pulumi from "@pulumi/pulumi";
import * as asgardeo from "pulumi-asgardeo";

const config = new pulumi.Config();

/** The secrets are read from these environment variables at every run, so none is in the state. */
const secrets = { staging: "STAGING_CLIENT_SECRET", production: "PRODUCTION_CLIENT_SECRET" };

for (const tenant of ["staging", "production"] as const) {
  const provider = new asgardeo.Provider(tenant, {
    baseUrl: config.get(`${tenant}BaseUrl`),
    organization: config.require(`${tenant}Organization`),
    clientId: config.require(`${tenant}ClientId`),
    clientSecretEnv: secrets[tenant],
  });
  new asgardeo.Application(
    `${tenant}-worker`,
    {
      name: "Order Worker",
      oidc: {
        grantTypes: ["client_credentials"],
        // Long-lived tokens are for trying things out only.
        accessToken: { type: "JWT", applicationAccessTokenExpiryInSeconds: tenant === "staging" ? 86_400 : 900 },
      },
    },
    { provider },
  );
}
