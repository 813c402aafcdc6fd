#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { reasonOf } from "../sandbox/reason";
import { sandboxCommand } from "./sandbox";

const { version, description }: { version: string; description: string } = JSON.parse(
  readFileSync(require.resolve("pulumi-asgardeo/package.json"), "utf8"),
);

new Command("pulumi-asgardeo")
  .description(description)
  .version(version)
  .addCommand(sandboxCommand())
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exitCode = 1;
  });
