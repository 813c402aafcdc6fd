import * as asgardeo from "pulumi-asgardeo";

const orders = new asgardeo.ApiResource("orders", {
  name: "Orders API",
  identifier: "https://api.example.com/orders",
  scopes: [
    { name: "orders:read", displayName: "Read orders" },
    { name: "orders:write", displayName: "Change orders" },
  ],
});

const worker = new asgardeo.Application("worker", {
  name: "Order Worker",
  oidc: { grantTypes: ["client_credentials"] },
});

new asgardeo.ApiAuthorization("worker-orders", {
  application: worker.id,
  api: orders.id,
  scopes: ["orders:read"],
});

export const clientId = worker.clientId;
export const clientSecret = worker.clientSecret; // encrypted in state, shown as [secret]
