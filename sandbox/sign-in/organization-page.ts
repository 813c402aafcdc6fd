import { html } from "hono/html";
import type { Html } from "./page";

/** The form for the organization whose users are to sign in. */
export function organizationForm(about: {
  readonly application: string;
  readonly action: string;
  readonly sessionDataKey: string;
  /** The parameter and what it is called. */
  readonly asked: readonly [name: string, label: string];
  readonly isWrong: boolean;
}): Html {
  const { application, action, sessionDataKey, asked, isWrong } = about;
  const [name, label] = asked;
  const wrong = isWrong ? html`aria-invalid="true" aria-describedby="failure"` : "";
  return html`<h1>Sign in with an organization</h1>
<p class="quiet">to go on to <strong>${application}</strong></p>
${isWrong ? html`<p role="alert" id="failure">There is no such organization, or it does not have this application.</p>` : ""}
<form method="post" action="${action}">
<input type="hidden" name="sessionDataKey" value="${sessionDataKey}">
<input type="hidden" name="idp" value="SSO">
<label for="organization">${label}</label>
<input id="organization" name="${name}" type="text" autocomplete="organization" autocapitalize="none" spellcheck="false" required autofocus ${wrong}>
<button type="submit">Go on</button>
</form>`;
}
