import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { type Sandbox, startSandbox } from "../../sandbox/index";
import { cliAvailable, type PulumiProject, pulumiProject } from "../support/pulumi";
import { settingsOf } from "../support/settings";

jest.setTimeout(240_000);
const engine = cliAvailable() ? describe : describe.skip;

const root = resolve(__dirname, "..", "..");
const [own = "", ofPulumi = ""] = readFileSync(join(root, "docs", "troubleshooting.md"), "utf8").split(
  /^## Pulumi itself$/m,
);

/** The messages that the page explains: its headings of the third level. */
const messagesIn = (text: string) => [...text.matchAll(/^### (`+)(.+)\1$/gm)].map(([, , message = ""]) => message);

/** Whether a text has a message, in which `…` stands for anything. */
function hasMessage(text: string, message: string): boolean {
  const pieces = message.split("…").map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(pieces.join("[^]*")).test(text);
}

/** All texts of the provider's source, with `…` for what is put into them. */
function textsOfProvider(): string[] {
  const files = readdirSync(join(root, "provider"), { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".ts")).flatMap((file) => textsIn(join(root, "provider", file)));
}

function textsIn(file: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push(node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join(""));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
  return texts;
}

const texts = textsOfProvider();

test.each(messagesIn(own))("the provider has the message that the page explains: %s", (message) => {
  expect(texts.filter((text) => hasMessage(text, message))).not.toEqual([]);
});

test("every section is in the list at the top of the page, and no message is there twice", () => {
  const messages = messagesIn(own + ofPulumi);
  expect(messages.length).toBeGreaterThan(30);
  expect(new Set(messages).size).toBe(messages.length);
  const sections = [...`${own}## Pulumi itself`.matchAll(/^## (.+)$/gm)].map(([, section]) => section);
  expect([...own.matchAll(/^- \[(.+)\]\(#/gm)].map(([, section]) => section)).toEqual(sections);
});

engine("a message of Pulumi that the page explains", () => {
  let sandbox: Sandbox;
  let project: PulumiProject;
  /** What all the trouble together has printed. */
  let said = "";

  const program = (more: string) => `
    const { Application } = require("pulumi-asgardeo");
    new Application("app", { name: "App", oidc: { grantTypes: ["client_credentials"] } }${more});`;
  const backend = (...path: string[]) => join(dirname(project.dir), "backend", ".pulumi", ...path);
  const trouble = async (run: Promise<{ output: string }>) => {
    said += (await run).output;
  };

  /** While a package is another one, or not there. */
  async function withPackage(name: string, target: string | undefined, run: () => Promise<void>): Promise<void> {
    const link = join(project.dir, "node_modules", name);
    const lay = (to: string | undefined) => {
      rmSync(link, { force: true });
      if (to !== undefined) symlinkSync(to, link, "dir");
    };
    lay(target);
    await run();
    lay(name === "pulumi-asgardeo" ? root : join(root, "node_modules", name));
  }

  /** While the state is another text. */
  async function withState(text: (state: string) => string, run: () => Promise<void>): Promise<void> {
    const file = backend("stacks", "engine-test", "test.json");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, text(before));
    await run();
    writeFileSync(file, before);
  }

  function withPending(text: string): string {
    const state = JSON.parse(text);
    const { latest } = state.checkpoint;
    const { urn, ...resource } = latest.resources.at(-1);
    latest.pending_operations = [{ type: "creating", resource: { ...resource, urn: `${urn}-2` } }];
    return JSON.stringify(state);
  }

  beforeAll(async () => {
    sandbox = await startSandbox();
    project = await pulumiProject(program(""), { language: "javascript", env: settingsOf(sandbox) });
    expect(await project.up()).toMatchObject({ code: 0 });
    const refresh = () => trouble(project.refresh());
    const imports = () =>
      trouble(project.pulumi(["import", "pulumi-nodejs:dynamic/asgardeo:Application", "web", "123", "--yes"]));

    await trouble(project.refresh(["--expect-no-change"]));
    await withPackage("pulumi-asgardeo", undefined, refresh);
    await withPackage("@pulumi/pulumi", undefined, refresh);
    await withPackage("@pulumi/pulumi", join(root, "node_modules", "pulumi-sdk-oldest"), imports);
    await withPackage("@pulumi/pulumi", join(root, "node_modules", "pulumi-sdk-newest"), imports);
    await withState((state) => state.slice(0, 500), refresh);
    await withState(withPending, () => trouble(project.up()));
    await project.writeProgram(program(', { import: "123" }'));
    await trouble(project.preview());
    await project.writeProgram(program("").replace("client_credentials", "client_credential"));
    await trouble(project.preview());
    const lock = backend("locks", "organization", "engine-test", "test");
    mkdirSync(lock, { recursive: true });
    writeFileSync(
      join(lock, "lock.json"),
      JSON.stringify({ pid: 1, username: "u", hostname: "h", timestamp: "2026-01-01T00:00:00Z" }),
    );
    await refresh();
    expect(await project.pulumi(["cancel", "--yes"])).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await project?.dispose();
    await sandbox?.close();
  });

  test.each(messagesIn(ofPulumi))("comes as it is there: %s", (message) => {
    expect(hasMessage(said, message) || said).toBe(true);
  });
});
