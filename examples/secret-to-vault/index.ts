import * as asgardeo from "pulumi-asgardeo";
import { VaultSecret } from "./vault-secret";

const worker = new asgardeo.Application("worker", {
  name: "Order Worker",
  oidc: { grantTypes: ["client_credentials"] },
});

// In the environment: VAULT_ADDR, and VAULT_TOKEN of somebody who may write below this path.
new VaultSecret("worker-client", {
  path: "secret/order-worker",
  values: { clientId: worker.clientId, clientSecret: worker.clientSecret },
});
