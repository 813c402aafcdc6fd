import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as pulumi from "@pulumi/pulumi";

interface SecretFileArgs {
  /** Where the file is, seen from the folder of the program. Changing it replaces the file. */
  path: pulumi.Input<string>;
  /** The whole text. Changes in place. */
  content: pulumi.Input<string>;
}

type Values = pulumi.Unwrap<SecretFileArgs>;

async function write({ path, content }: Values): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, content, { mode: 0o600 });
}

const files: pulumi.dynamic.ResourceProvider<Values, Values> = {
  async create(values) {
    await write(values);
    return { id: values.path, outs: values };
  },
  async diff(_, old, values) {
    const replaces = old.path === values.path ? [] : ["path"];
    return { changes: replaces.length > 0 || old.content !== values.content, replaces };
  },
  async update(_, __, values) {
    await write(values);
    return { outs: values };
  },
  async delete(path) {
    await rm(path, { force: true });
  },
};

/** A file that its owner alone can read: what Docker Compose mounts into a container as a secret. */
export class SecretFile extends pulumi.dynamic.Resource {
  constructor(name: string, args: SecretFileArgs, opts?: pulumi.CustomResourceOptions) {
    super(files, name, { ...args }, pulumi.mergeOptions({ additionalSecretOutputs: ["content"] }, opts));
  }
}
