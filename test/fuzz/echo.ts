/** The forms in which a server may repeat a secret that was sent to it. */
export const forms = {
  plain: (secret: string) => secret,
  base64: (secret: string) => Buffer.from(secret).toString("base64"),
  "base64 of a client": (secret: string) => Buffer.from(`client:${secret}`).toString("base64"),
  hex: (secret: string) => Buffer.from(secret).toString("hex"),
  percent: (secret: string) => escaped(secret, (code) => `%${code.toString(16).padStart(2, "0")}`),
  "percent twice": (secret: string) => escaped(secret, (code) => `%25${code.toString(16).padStart(2, "0")}`),
  JSON: (secret: string) => escaped(secret, (code) => `\\u${code.toString(16).padStart(4, "0")}`),
  HTML: (secret: string) => escaped(secret, (code) => `&#${code};`),
  spaced: (secret: string) => [...secret].join(" "),
  broken: (secret: string) => secret.replace(/(.{8})/g, "$1\n"),
  "cut off": (secret: string) => `${"x".repeat(500 - 30)}${secret}`,
  "cut at its end": (secret: string) => secret.slice(0, -2),
} satisfies Readonly<Record<string, (secret: string) => string>>;

export type Form = keyof typeof forms;

function escaped(text: string, each: (code: number) => string): string {
  return [...text].map((character) => each(character.charCodeAt(0))).join("");
}

/** A refusal with an excerpt of the request in it. */
export function refusalWith(body: string, form: Form): string | undefined {
  const secret = /"clientSecret":"([^"]+)"/.exec(body)?.[1];
  if (secret === undefined) return undefined;
  return JSON.stringify({ code: "APP-60001", message: "Bad.", description: `Not understood: ${forms[form](secret)}` });
}

/** Whether a text shows a secret in one of these forms, or most of it. */
export function shows(text: string, secret: string): boolean {
  const most = secret.slice(0, -4);
  return Object.values(forms).some((form) => text.includes(form(secret).trim())) || text.includes(most);
}
