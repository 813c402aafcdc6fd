import { Secrets } from "../../provider/api/redact";
import { serverMessages } from "./server-messages";

function masked(text: string, ...values: string[]): string {
  const secrets = new Secrets();
  for (const value of values) secrets.add(value);
  return secrets.redact(text);
}

const secret = 'p"ss wörd/+&1';

test.each([
  ["as it is", secret],
  ["in a URL", encodeURIComponent(secret)],
  ["in a form", new URLSearchParams({ secret }).toString().slice("secret=".length)],
  ["in JSON", JSON.stringify({ secret }).slice('{"secret":"'.length, -2)],
  ["in base64", Buffer.from(secret).toString("base64")],
  ["in base64url", Buffer.from(secret).toString("base64url")],
])("a secret is masked %s", (_, form) => {
  const text = masked(`before ${form} after ${form}.`, secret);
  expect(text).not.toContain(form);
  expect(text).toMatch(/^before \[secret\]=* after \[secret\]=*\.$/);
});

test("of two secrets that begin alike, nothing of the longer one stays", () => {
  expect(masked("abcdef abcdefXYZ", "abcdef", "abcdefXYZ")).toBe("[secret] [secret]");
});

test("a secret that is a part of the mask does not garble it", () => {
  expect(masked("abcdefg", "abcdefg", "secret")).toBe("[secret]");
});

test("characters that mean something in a pattern are taken as they are", () => {
  expect(masked("x a.c$[b]* y abc", "a.c$[b]*")).toBe("x [secret] y abc");
});

test("short values are left alone, so that ordinary words stay", () => {
  expect(masked("the cat", "cat", "", "the")).toBe("the cat");
});

test("a secret that comes later is masked from then on", () => {
  const secrets = new Secrets();
  secrets.add(undefined);
  expect(secrets.redact("first-one second-one")).toBe("first-one second-one");
  secrets.add("first-one");
  expect(secrets.redact("first-one second-one")).toBe("[secret] second-one");
  secrets.add("second-one");
  expect(secrets.redact("first-one second-one")).toBe("[secret] [secret]");
});

const withheld = "the server's words are not shown, since they may hold a secret";

function words(text: string, asked = "", ...values: string[]): string {
  const secrets = new Secrets();
  for (const value of ["kQ7vXw2ZpLr9TnB4sYd8", ...values]) secrets.add(value);
  return secrets.words(text, asked);
}

describe("the server's words", () => {
  test.each(serverMessages)("are shown where they are what servers say: %s", (text, asked = "") => {
    expect(words(text, asked)).toBe(text);
  });

  test("are shown in one line, with a secret masked, and cut after that", () => {
    expect(words("bad\r\n\tkQ7vXw2ZpLr9TnB4sYd8 here")).toBe("bad [secret] here");
    const long = `${"word ".repeat(98)}kQ7vXw2ZpLr9TnB4sYd8 and more of it`;
    expect(words(long)).toBe(`${"word ".repeat(98)}[secret] a…`);
  });

  test.each([
    ["escaped slashes", "pa/ss=wo/rd&1", "pa\\/ss=wo\\/rd&1"],
    ["an escaped mark", "pa/ss=wo/rd&1", "pa/ss\\u003dwo/rd\\u00261"],
    ["entities of names", 'p<a>s"sw&rd', "p&lt;a&gt;s&quot;sw&amp;rd"],
    ["entities of letters", "pässwörd-é", "p&auml;ssw&ouml;rd-&eacute;"],
    ["percents in lower case", "pa/ss=wo/rd&1", "pa%2fss%3dwo%2frd%261"],
    ["accents apart", "pässwörd", "pa\u0308sswo\u0308rd"],
    ["full width", "passw0rd", "\uff50\uff41\uff53\uff53\uff57\uff10\uff52\uff44"],
    ["nothing but marks", "!$%&/()=?*", "! $ % & / ( ) = ? *"],
    ["a beginning of eight characters", "tr0ub4dor-and-3", "tr0ub4do"],
    ["a middle of eight characters", "tr0ub4dor-and-3", "ub4dor-and"],
  ])("are not shown where they have a secret with %s", (_, secret, form) => {
    expect(words(`bad value ${form}!`, secret, secret)).toBe(withheld);
  });

  test("are shown where they have seven characters of one, which is no more than chance", () => {
    expect(words("bad value tr0ub4d!", "tr0ub4d", "tr0ub4dor-and-3")).toBe("bad value tr0ub4d!");
  });

  test.each([
    ["one as the server makes them", "ai1mBNpBYqBR0c_G8H9vqBmJ1C8a"],
    ["an excerpt", "c_G8H9vqBm"],
    ["letters alone", "kQwZrTbnXcVpLmNa"],
    ["pieces", "ai1m BNpB YqBR 0c_G"],
    ["single characters", "a i 1 m B N p B Y"],
    ["percents", "%61%69%31%6d%42%4e%70%42%59%71"],
    ["base64 of base64", Buffer.from("ai1mBNpBYqBR0c").toString("base64")],
  ])("are not shown where they may have a secret that nobody knows: %s", (_, secret) => {
    expect(words(`Invalid client: ${secret}`)).toBe(withheld);
  });

  test("are shown where the request has what looks like one", () => {
    expect(words("There is a7Xq9Zk2Lm already.", "/applications?filter=name%20eq%20a7Xq9Zk2Lm")).toContain(
      "a7Xq9Zk2Lm",
    );
  });

  test("hardly ever have a random excerpt of twelve characters", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let seed = 1;
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return alphabet[seed % alphabet.length];
    };
    const excerpts = Array.from({ length: 2_000 }, () => Array.from({ length: 12 }, next).join(""));
    const shown = excerpts.filter((excerpt) => words(`Invalid value ${excerpt}.`) !== withheld);
    expect(shown.length).toBeLessThan(40);
  });

  test("are not shown where they have a short secret as a word, which is not masked", () => {
    expect(words("the cat is wrong", "", "cat")).toBe(withheld);
    expect(words("the category is wrong", "", "cat")).toBe("the category is wrong");
  });

  test.each([
    ["backslashes", "\\".repeat(16_000_000)],
    ["percents", "%25".repeat(5_000_000)],
    ["base64 of base64", "QUFB".repeat(4_000_000)],
    ["entities", "&amp;".repeat(3_000_000)],
    ["quotes", '"\\'.repeat(8_000_000)],
    ["hexadecimal", "4141".repeat(4_000_000)],
    // Whatever would read them again and again comes to no end within the time limit of a test.
  ])("are cut, and read in one go, though they are 16 MB of %s", (_, text) => {
    expect(words(text).length).toBeLessThan(600);
  });
});

test("the beginning of a secret of 16 MB is masked", () => {
  expect(words("bad 4x7v4x7v4x7v4x7v!", "4x7v", "4x7v".repeat(4_000_000))).toBe(withheld);
});

test("a thousand lines are compared with a thousand secrets", () => {
  const secrets = new Secrets();
  const line = `warning: Application "web": ${"its callback URL is not encrypted, and the name is unusual; ".repeat(5)}`;
  for (let i = 0; i < 1_000; i++) {
    secrets.add(Buffer.from(`secret ${i} of a thousand`).toString("base64"));
    expect(secrets.hide(line)).toBe(line);
  }
});

describe("codes and trace ids", () => {
  const secrets = new Secrets();
  secrets.add("kQ7vXw2ZpLr9TnB4sYd8");

  test.each(["APP-60007", "API-RESOURCE-60002", "41003", "invalidValue", "invalid_client", "UE-10000"])(
    "the code %s is shown",
    (code) => {
      expect(secrets.code(code, "")).toBe(code);
    },
  );

  test.each([
    undefined,
    "",
    "two words",
    "a\u001b[31m",
    "x".repeat(61),
    "kQ7vXw2Z",
    "kQ7vXw2ZpLr9TnB4sYd8",
    "ai1mBNpBYqBR0c",
  ])("the code %j is left out", (code) => {
    expect(secrets.code(code, "")).toBeUndefined();
  });

  test("a trace id is hexadecimal", () => {
    expect(secrets.trace("e0fbcfeb-3617-43c4-8dd0-7b7d38e13047")).toBe("e0fbcfeb-3617-43c4-8dd0-7b7d38e13047");
    expect([secrets.trace("ai1mBNpB"), secrets.trace("b8a1\n"), secrets.trace(undefined)]).toEqual(
      Array(3).fill(undefined),
    );
  });
});

describe("a message of the package's own", () => {
  const hide = (text: string) => {
    const secrets = new Secrets();
    secrets.add("kQ7vXw2ZpLr9TnB4sYd8");
    return secrets.hide(text);
  };
  const spaced = [..."kQ7vXw2ZpLr9TnB4sYd8"].join(" ");
  const encoded = Buffer.from("x kQ7vXw2ZpLr9TnB4sYd8").toString("base64");

  test("has a secret masked as it is", () => {
    expect(hide("a kQ7vXw2ZpLr9TnB4sYd8 b")).toBe("a [secret] b");
  });

  test("loses no more than the name that has a secret", () => {
    expect(hide(`name: taken by the application ${JSON.stringify(spaced)} (id 1).`)).toBe(
      "name: taken by the application [secret] (id 1).",
    );
    expect(hide(`ids 1, ${encoded}; rename`)).toBe("ids 1, [secret] rename");
  });

  test("loses a line where no word has it", () => {
    expect(hide(`first\nhere ${spaced} it is\nlast`)).toBe("first\n[a line that holds a secret is not shown]\nlast");
  });
});
