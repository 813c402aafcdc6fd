import { z } from "zod";
import { changeText, differences } from "../../provider/core/differences";

const schema = z.strictObject({
  name: z.string(),
  mail: z.strictObject({ host: z.string(), password: z.string() }).optional(),
});
const mail = { host: "smtp.example", password: "hush-hush" };

describe("the text of a change never shows a secret arg", () => {
  const texts = (live: object) =>
    differences(schema, { name: "a", mail }, live).map((change) =>
      changeText(change, ["mail.password"], (text) => text),
    );

  test("where it alone differs", () => {
    expect(texts({ name: "a", mail: { ...mail, password: "hush-old" } })).toEqual(["mail.password: [secret]"]);
  });

  test("where all that it is in is new", () => {
    expect(texts({ name: "b" })).toEqual([
      'name: "b" becomes "a"',
      'mail: becomes {"host":"smtp.example","password":"[secret]"}',
    ]);
  });
});
