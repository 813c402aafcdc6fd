import * as asgardeo from "pulumi-asgardeo";
import { SecretFile } from "./secret-file";

const worker = new asgardeo.Application("worker", {
  name: "Order Worker",
  oidc: { grantTypes: ["client_credentials"] },
});

// As they are: any resource that takes an `Input<string>` takes these outputs, be it of a cloud's secret manager, of
// Kubernetes or, as here, of the program itself. The secret stays encrypted in state on both sides.
new SecretFile("client-id", { path: "secrets/client-id", content: worker.clientId });
new SecretFile("client-secret", { path: "secrets/client-secret", content: worker.clientSecret });
