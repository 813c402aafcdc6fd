import { deployedProgram } from "../support/deployed-program";
import { cliAvailable } from "../support/pulumi";

jest.setTimeout(480_000);
const engine = cliAvailable() ? describe : describe.skip;

/** What a program says, piece by piece; what is left out is as at the start. */
interface Said {
  readonly one?: string;
  readonly two?: string;
  readonly share?: string;
  readonly more?: string;
  /** Puts all of it below a component. */
  readonly below?: boolean;
}

const start = {
  one: '"one", { name: "One", orgHandle: "one" }',
  two: '"two", { name: "Two" }',
  share: '"shared", { application: shop.id, organizations: [{ organization: one.id }, { organization: two.id }] }',
};
/** One organization alone gets it. */
const sharedWith = (which: string, more = "") =>
  `"shared", { application: shop.id, organizations: [{ organization: ${which}.id${more} }] }`;

function program(said: Said = {}): string {
  const { one, two, share } = { ...start, ...said };
  const { more = "", below = false } = said;
  const opts = below ? ", { parent, aliases: [{ parent: rootStackResource }] }" : "";
  const made = (name: string, type: string, args: string) =>
    args === "" ? "" : `const ${name} = new ${type}(${args}${opts});`;
  return `
const { Application, ApplicationShare, Organization } = require("pulumi-asgardeo");
const { ComponentResource, rootStackResource } = require("@pulumi/pulumi");
const parent = ${below ? 'new ComponentResource("test:Customers", "all")' : "undefined"};
${made("one", "Organization", one)}
${made("two", "Organization", two)}
${made("shop", "Application", '"shop", { name: "Shop", authenticationSequence: { type: "DEFAULT" } }')}
${made("shared", "ApplicationShare", share)}
${more}
exports.handle = ${two === "" ? "undefined" : "two.orgHandle"};`;
}

engine("an edit of organizations and of what is shared with them", () => {
  const deployed = deployedProgram<Said>(program, { ofTheFirstRun: false, ofEdits: false });
  const { done, edited, refused } = deployed;

  const organization = (name: string) => deployed.sandbox.tenant.organizations.find((each) => each.name === name);
  const shared = () =>
    (deployed.sandbox.tenant.applicationShares[0]?.organizations ?? [])
      .map(({ id }) => deployed.sandbox.tenant.organizations.find((each) => each.id === id)?.name)
      .sort();
  const console_ = (path: string, body: object) => deployed.sandbox.console("POST", `/api/server/v1${path}`, body);

  test("touches nothing where all of it moves below a component with an alias, and the state knows the made handle", async () => {
    const { handle } = await deployed.project.outputs();
    expect(handle).toBe(organization("Two")?.id);
    const before = deployed.sandbox.requests.length;
    await edited({ below: true });
    const writes = deployed.sandbox.requests
      .slice(before)
      .filter(({ method, path }) => method !== "GET" && !/token/.test(path));
    expect(writes).toEqual([]);
    expect(shared()).toEqual(["One", "Two"]);
  });

  test("changes who gets it: fewer, other roles, all, and again one; what the console takes away comes back", async () => {
    const app = deployed.sandbox.tenant.applicationShares[0]?.applicationId;
    await edited({ share: sharedWith("one", ', roleSharing: { mode: "NONE" }') });
    expect(shared()).toEqual(["One"]);
    await console_("/applications/unshare-with-all", { applicationId: app ?? "" });
    await done("up", "--yes", "--skip-preview", "--refresh");
    expect(shared()).toEqual(["One"]);
    await edited({ share: '"shared", { application: shop.id, allOrganizations: true }' });
    expect(shared()).toEqual(["One", "Two"]);
    await edited({ share: sharedWith("two") });
    expect(shared()).toEqual(["Two"]);
  });

  test("takes an organization away that still has it, replaces a handle, and ends in nothing at all", async () => {
    await edited({ two: "", share: sharedWith("one") });
    expect(organization("Two")).toBeUndefined();
    const old = organization("One")?.id;
    const output = await edited({
      one: '"one", { name: "One", orgHandle: "other" }',
      two: "",
      share: sharedWith("one"),
    });
    expect(output).toContain("replaced");
    expect(organization("One")).toMatchObject({ orgHandle: "other" });
    expect(organization("One")?.id).not.toBe(old);
    expect(shared()).toEqual(["One"]);
    await done("destroy", "--yes");
    expect(deployed.sandbox.tenant.organizations).toHaveLength(1);
    expect(shared()).toEqual([]);
  });

  test("is told what is wrong at preview: a name, a handle and a share that are declared twice, and a rename; with `adopt` the objects stay", async () => {
    // Pulumi ends a preview at the first that is wrong.
    const more = (text: string) => refused({ more: text });
    expect(await more('new Organization("again", { name: "One" }, { dependsOn: [one] });')).toContain(
      'the resources "one" and "again" of this program are the same Organization',
    );
    expect(await more('new Organization("handled", { name: "Third", orgHandle: "one" });')).toMatch(
      /orgHandle: ("one" is taken by|the resource "one" of this program has)/,
    );
    const twice =
      'new ApplicationShare("twice", { application: shop.id, allOrganizations: true }, { dependsOn: [shared] });';
    expect(await more(twice)).toContain(
      'the resources "shared" and "twice" of this program are the same ApplicationShare',
    );
    expect(await refused({ one: '"renamed", { name: "One" }' })).toContain('aliases: [{ name: "its old name" }]');
    await edited({
      one: '"renamed", { adopt: true, name: "One" }',
      share: start.share.replace("{ ", "{ adopt: true, "),
    });
    expect(organization("One")).toMatchObject({ orgHandle: "one" });
    expect(shared()).toEqual(["One", "Two"]);
  });
});
