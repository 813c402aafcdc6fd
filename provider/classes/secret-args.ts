import * as pulumi from "@pulumi/pulumi";

/**
 * The args with each secret one marked, so that it is encrypted in state even where the program gives plain text. A value
 * that is only known later, at whatever depth, is marked as a whole where it has a secret in it.
 */
export function withSecrets(args: pulumi.Inputs, paths: readonly string[]): pulumi.Inputs {
  return paths.reduce<pulumi.Inputs>((result, path) => markedAt(result, path.split(".")), args);
}

function markedAt(value: pulumi.Inputs, path: readonly string[]): pulumi.Inputs {
  const [name, ...rest] = path;
  if (name === undefined || isAbsent(value[name])) return value;
  return { ...value, [name]: marked(value[name], rest) };
}

function marked(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return pulumi.secret(value);
  if (pulumi.Output.isInstance(value) || isPromise(value)) {
    const later: pulumi.Output<unknown> = pulumi.output(value);
    return later.apply((plain) => (isAbsent(at(plain, path)) ? plain : pulumi.secret(plain)));
  }
  return isObject(value) ? markedAt(value, path) : value;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
