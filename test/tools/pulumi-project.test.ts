import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cliAvailable, pulumiProject } from "../support/pulumi";

jest.setTimeout(180_000);
const engine = cliAvailable() ? describe : describe.skip;

const program = (text: string) => `
import * as pulumi from "@pulumi/pulumi";
export const said = new pulumi.Config().get("word") ?? ${JSON.stringify(text)};
export const hidden = pulumi.secret("hush");
export const variable = process.env.SAID_BY_THE_TEST ?? "";
`;

engine("the harness of the engine tests", () => {
  test("runs a TypeScript program through its life, away from the settings of whoever runs it", async () => {
    const project = await pulumiProject(program("first"), { env: { SAID_BY_THE_TEST: "here" } });
    try {
      expect(await project.up()).toMatchObject({ code: 0, output: expect.stringContaining("1 created") });
      expect(await project.outputs()).toEqual({ said: "first", hidden: "hush", variable: "here" });
      await project.writeProgram(program("second"));
      expect((await project.preview(["--diff"])).output).toContain('said    : "first" => "second"');
      await project.config("word", "third");
      expect((await project.up()).code).toBe(0);
      expect((await project.outputs()).said).toBe("third");
      expect(await project.restoreCheckpoint()).toBe(false);
      const checkpoint = join(project.dir, "..", "backend", ".pulumi", "stacks", "engine-test", "test.json");
      for (const cutOff of [[checkpoint], [checkpoint, `${checkpoint}.bak`]]) {
        for (const file of cutOff) writeFileSync(file, "");
        expect(await project.restoreCheckpoint()).toBe(true);
      }
      const [stack] = (await project.state()).deployment.resources ?? [];
      expect(JSON.stringify(stack)).not.toContain("hush");
      expect((await project.refresh()).code).toBe(0);
      expect((await project.destroy()).code).toBe(0);
      expect((await project.state()).deployment.resources ?? []).toEqual([]);
    } finally {
      await project.dispose();
    }
    expect(existsSync(project.dir)).toBe(false);
  });

  test("gives the exit code and the output of a run that fails, and ends one that takes too long", async () => {
    const project = await pulumiProject('console.error("on purpose"); process.exit(3);', { language: "javascript" });
    try {
      const result = await project.up();
      expect(result.code).not.toBe(0);
      expect(result.output).toContain("on purpose");
      await project.writeProgram("setInterval(() => {}, 1000);");
      await expect(project.up([], { limit: 5_000 })).rejects.toThrow("did not end within 5 s");
    } finally {
      await project.dispose();
    }
  });
});
