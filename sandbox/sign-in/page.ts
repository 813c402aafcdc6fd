import { createHash } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";

/** Escaped HTML, or what becomes it. */
export type Html = ReturnType<typeof html>;

const style = `
:root{color-scheme:light dark;--ink:#1d2129;--quiet:#555c68;--paper:#fff;--ground:#eef0f4;--line:#8a91a0;--brand:#b3400f;--on-brand:#fff;--bad:#a3161f;--bad-ground:#fdecec}
@media (prefers-color-scheme:dark){:root{--ink:#eceef2;--quiet:#aeb5c2;--paper:#1f232b;--ground:#14171c;--line:#7b8394;--brand:#ff8a50;--on-brand:#1d1208;--bad:#ffb3b3;--bad-ground:#47191c}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:1.25rem;padding:1.5rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{width:100%;max-width:25rem;padding:2rem;border-radius:.75rem;background:var(--paper);box-shadow:0 1px 3px #0003,0 8px 24px #00000014;overflow-wrap:anywhere}
h1{margin:0 0 .25rem;font-size:1.5rem;line-height:1.25}
p{margin:0 0 1.25rem}
.quiet,footer{color:var(--quiet)}
footer{font-size:.875rem;text-align:center}
label{display:block;margin:0 0 .25rem;font-weight:600}
input{display:block;width:100%;margin:0 0 1.25rem;padding:.625rem .75rem;border:1px solid var(--line);border-radius:.375rem;background:var(--paper);color:inherit;font:inherit}
button{display:block;width:100%;margin:0 0 .75rem;padding:.625rem .75rem;border:1px solid var(--brand);border-radius:.375rem;background:var(--brand);color:var(--on-brand);font:inherit;font-weight:600;cursor:pointer}
button.second{background:var(--paper);color:var(--ink);border-color:var(--line)}
a{color:var(--brand)}
.other{margin:1.25rem 0 0;text-align:center}
.close{margin-bottom:.25rem}
h1+[role=alert]{margin-top:1rem}
main>:last-child,button:last-child{margin-bottom:0}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
[role=alert]{padding:.625rem .75rem;border-left:4px solid var(--bad);border-radius:.25rem;background:var(--bad-ground);color:var(--bad)}
ul{margin:0 0 1.25rem;padding-left:1.25rem}
`;
/** Sends the form of the answer on. Where no script runs, its button does. */
const sending = "document.forms[0].submit()";

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
/**
 * Nothing but what stands here. There is no `form-action`: browsers hold it against every address to which the answer
 * of a form leads, and that is the application's own affair.
 */
const policyWith = (scripts: string) =>
  `default-src 'none'; img-src data:; style-src ${hashOf(style)}${scripts}; base-uri 'none'; frame-ancestors 'none'`;

/** A page of the sandbox, whole. What stands in `content` is escaped, unless it is HTML already. */
export function answerPage(
  context: Context,
  { title, content, tenant, status = 200 }: { title: string; content: Html; tenant: string; status?: 200 | 400 },
): Response | Promise<Response> {
  return answer(
    context,
    title,
    html`<main>${content}</main><footer>Sandbox of the organization ${tenant}. Not the real server.</footer>`,
    status,
    "",
  );
}

/** A page that sends an answer on to an application, by POST. */
export function answerSending(context: Context, action: string, fields: readonly [string, string][]) {
  const inputs = fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  const form = html`<main><h1>Back to the application</h1><form method="post" action="${action}">${inputs}<button>Continue</button></form></main><script>${raw(sending)}</script>`;
  return answer(context, "Back to the application", form, 200, `; script-src ${hashOf(sending)}`);
}

function answer(context: Context, title: string, body: Html, status: 200 | 400, scripts: string) {
  context.header("Content-Security-Policy", policyWith(scripts));
  context.header("Cache-Control", "no-store");
  // The address has the key of the sign-in.
  context.header("Referrer-Policy", "no-referrer");
  context.header("X-Content-Type-Options", "nosniff");
  context.header("X-Frame-Options", "DENY");
  return context.html(
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${raw(style)}</style></head><body>${body}</body></html>`,
    status,
  );
}
