import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "..", "..");

/** A release of Pulumi's SDK that the package is tested with, by its name in the repository's node_modules. */
export type Sdk = "pulumi-sdk-oldest" | "pulumi-sdk-newest";

/**
 * Lays the built package into a project's node_modules as an installation would: files of its own, beside its
 * dependencies and the SDK of choice. A link to the repository would find the repository's SDK instead.
 */
export function installPackage(project: string, sdk: Sdk): void {
  const modules = join(project, "node_modules");
  const target = join(modules, "pulumi-asgardeo");
  cpSync(join(root, "dist"), join(target, "dist"), { recursive: true });
  cpSync(join(root, "package.json"), join(target, "package.json"));
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) link(modules, name, name);
  link(modules, "@pulumi/pulumi", sdk);
}

/** Links a package of the repository, by this name, into a folder of packages. */
export function link(modules: string, name: string, installed: string): void {
  const path = join(modules, name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(join(root, "node_modules", installed)), path, "dir");
}
