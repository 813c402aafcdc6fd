import * as asgardeo from "pulumi-asgardeo";

const orders = new asgardeo.ApiResource("orders", {
  name: "Orders API",
  identifier: "https://api.example.com/orders",
  scopes: [{ name: "orders:read", displayName: "Read orders" }],
});

const worker = new asgardeo.Application("worker", {
  name: "Order Worker",
  oidc: { grantTypes: ["client_credentials"] },
  // Another text makes another secret. The old one is valid for a week more: the next scheduled deploy ends it.
  secretVersion: "1",
  secretOverlapDays: 7,
  // So the jobs that may read the state cannot read the secret of the worker.
  storeSecret: false,
});

new asgardeo.ApiAuthorization("worker-orders", {
  application: worker.id,
  api: orders.id,
  scopes: ["orders:read"],
});

export const clientId = worker.clientId;
