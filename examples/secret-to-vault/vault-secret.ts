import * as pulumi from "@pulumi/pulumi";

interface VaultSecretArgs {
  /** The name of a key/value store of version 2, and the path in it: `secret/order-worker`. Changing it replaces the secret. */
  path: pulumi.Input<string>;
  /** What is kept there. Changes in place: the vault keeps older versions. */
  values: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

interface Values {
  path: string;
  values: Record<string, string>;
}

/** A request to the vault. Address and token come from the environment at each run, so that neither is in state. */
async function ask(method: string, kind: string, path: string, body?: object): Promise<void> {
  const [store, ...rest] = path.split("/");
  const url = `${process.env.VAULT_ADDR}/v1/${store}/${kind}/${rest.join("/")}`;
  const headers = { "X-Vault-Token": process.env.VAULT_TOKEN ?? "" };
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status}`);
}

/** Members in any order: Pulumi does not keep it. */
const text = (values: Record<string, string>) => JSON.stringify(Object.entries(values).sort());

const secrets: pulumi.dynamic.ResourceProvider<Values, Values> = {
  async create(given) {
    await ask("POST", "data", given.path, { data: given.values });
    return { id: given.path, outs: given };
  },
  async diff(_, old, given) {
    const replaces = old.path === given.path ? [] : ["path"];
    return { changes: replaces.length > 0 || text(old.values) !== text(given.values), replaces };
  },
  async update(_, __, given) {
    await ask("POST", "data", given.path, { data: given.values });
    return { outs: given };
  },
  // With all its versions.
  async delete(path) {
    await ask("DELETE", "metadata", path);
  },
};

/** A secret of HashiCorp Vault, by its HTTP API: enough for this example. */
export class VaultSecret extends pulumi.dynamic.Resource {
  constructor(name: string, args: VaultSecretArgs, opts?: pulumi.CustomResourceOptions) {
    super(secrets, name, { ...args }, pulumi.mergeOptions({ additionalSecretOutputs: ["values"] }, opts));
  }
}
