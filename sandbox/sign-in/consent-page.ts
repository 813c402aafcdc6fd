import { html } from "hono/html";
import type { Html } from "./page";

/** The question whether an application may know who has signed in, and have what it asks for. */
export function consentForm(about: {
  readonly application: string;
  readonly username: string;
  readonly scopes: readonly string[];
  readonly action: string;
  readonly sessionDataKeyConsent: string;
}): Html {
  const { application, username, scopes, action, sessionDataKeyConsent } = about;
  const asked = scopes.map((scope) => html`<li>${scope}</li>`);
  return html`<h1>Allow access for ${application}?</h1>
<p class="quiet">You are signed in as <strong>${username}</strong>.</p>
${asked.length === 0 ? html`<p>The application asks who you are.</p>` : html`<p id="asked" class="close">The application asks for:</p><ul aria-labelledby="asked">${asked}</ul>`}
<form method="post" action="${action}">
<input type="hidden" name="sessionDataKeyConsent" value="${sessionDataKeyConsent}">
<button type="submit" name="consent" value="approve">Allow once</button>
<button type="submit" name="consent" value="approveAlways" class="second">Allow always</button>
<button type="submit" name="consent" value="deny" class="second">Deny</button>
</form>`;
}
