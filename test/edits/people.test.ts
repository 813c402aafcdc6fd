import { deployedProgram } from "../support/deployed-program";
import { cliAvailable } from "../support/pulumi";

jest.setTimeout(400_000);
const engine = cliAvailable() ? describe : describe.skip;

const password = "Correct-Horse-7";
const start = `
const desk = new Group("desk", { displayName: "Desk" });
const kim = new User("kim", { userName: "kim@example.com", password: "${password}", groups: [desk.id] });`;

const program = (body = start) => `
const { Group, User, getUserOutput } = require("pulumi-asgardeo");
const { ComponentResource } = require("@pulumi/pulumi");
${body}`;

engine("an everyday edit of groups and users", () => {
  const deployed = deployedProgram(program, { ofTheFirstRun: false, ofEdits: true });
  const { done, edited, settled, refused } = deployed;

  const named = (name: string) => deployed.sandbox.tenant.groups.find((group) => group.name === name);
  const user = (name = "kim@example.com") => deployed.sandbox.tenant.users.find((each) => each.name === name);

  test("is made, renamed, moved below a component, replaced by another user name, and taken out again", async () => {
    const [id, kim] = [named("Desk")?.id, user()?.id];
    expect(named("Desk")?.members).toEqual([kim]);
    expect(JSON.stringify(await deployed.project.state())).not.toContain(password);

    await edited(start.replace('"Desk"', '"Service Desk"'));
    expect(named("Service Desk")).toMatchObject({ id, members: [kim] });

    const moved = start
      .replace('"Desk" }', '"Service Desk" }, { parent, aliases: [{ parent: rootStackResource }] }')
      .replace("[desk.id] }", "[desk.id] }, { parent, aliases: [{ parent: rootStackResource }] }");
    const parent = `const { rootStackResource } = require("@pulumi/pulumi");
const parent = new ComponentResource("test:People", "all");`;
    await edited(`${parent}${moved}`);
    expect([named("Service Desk")?.id, user()?.id]).toEqual([id, kim]);

    await edited(`${parent}${moved.replace("kim@example", "kim.deal@example")}`);
    expect(user()).toBeUndefined();
    expect(named("Service Desk")).toMatchObject({ id, members: [user("kim.deal@example.com")?.id] });

    const alone = `const kim = new User("kim", { userName: "kim.deal@example.com", password: "${password}" }, { parent });`;
    await edited(`${parent}\n${alone}`);
    expect(named("Service Desk")).toBeUndefined();
    await done("destroy", "--yes");
    expect([deployed.sandbox.tenant.groups, deployed.sandbox.tenant.users]).toEqual([[], []]);
  });

  test("sets the password again, lets members of the console be, and takes over who says who is in a group", async () => {
    const before = user()?.passwordHash;
    const output = await edited(start.replace("groups:", 'passwordVersion: "2", groups:'));
    expect(user()?.passwordHash).not.toBe(before);
    expect(output).not.toContain(password);
    expect(output).toContain("password: it is set anew");

    const lee = await deployed.sandbox.console("POST", "/scim2/Users", { userName: "lee", password });
    const add = { op: "add", path: "members", value: [{ value: lee.id, display: "" }] };
    await deployed.sandbox.console("PATCH", `/scim2/Groups/${named("Desk")?.id}`, { Operations: [add] });
    await settled();
    expect(named("Desk")?.members).toEqual([user()?.id, lee.id]);

    const fight = start.replace('"Desk"', '"Desk", members: []');
    expect(await refused(fight)).toContain("so that the two would undo each other's changes");

    await edited(`
const kim = new User("kim", { userName: "kim@example.com", password: "${password}" });
const lee = getUserOutput({ userName: "lee" });
const desk = new Group("desk", { displayName: "Desk", members: [kim.id, lee.id] });`);
    expect(named("Desk")?.members.toSorted()).toEqual([user()?.id, lee.id].sort());
  });

  test("that declares twice, takes a name, imports or knows no user is refused with what to do, and adoption is one", async () => {
    await deployed.sandbox.console("POST", "/scim2/Groups", { displayName: "Old" });
    const wrong: readonly (readonly [more: string, message: string | RegExp])[] = [
      [
        'new Group("one", { displayName: "New" }); new Group("two", { displayName: "New", userStore: "PRIMARY" });',
        /the resources "\w+" and "\w+" of this program are the same Group/,
      ],
      ['new Group("old", { displayName: "Old" });', 'displayName: "Old" is taken by the group'],
      ['new Group("lost", { displayName: "Lost", members: ["kim@example.com"] });', "it is the name of a user"],
      ['new User("weak", { userName: "weak" });', "password: a new user needs it, or an invitation to choose one"],
      ['new User("lee", { userName: "lee", password: "x" }, { import: "1" });', "Pulumi's option `import` cannot work"],
    ];
    for (const [more, message] of wrong) {
      const output = await refused(`${start}\n${more}`);
      expect(output.replaceAll("\\", "")).toMatch(message);
    }
    const { id } = named("Old") ?? {};
    await edited(`${start}\nnew Group("old", { displayName: "Old", adopt: true });`);
    expect(named("Old")?.id).toBe(id);
  });
});
