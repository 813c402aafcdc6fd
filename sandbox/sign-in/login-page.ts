import { html } from "hono/html";
import { authenticatorOf } from "./authenticators";
import type { Html } from "./page";
import type { Step } from "./proceed";

const sentences: Readonly<Record<string, string>> = {
  "17002": "The username or the password is wrong. Type them again.",
  "17003": "This account is locked. Somebody who looks after its users has to unlock it.",
  "17004": "This account is disabled. Somebody who looks after its users has to enable it.",
};

/** What the login page says where a sign-in has failed, by the `errorCode` in its address. */
export function alertOf(errorCode: string | undefined): string {
  return sentences[errorCode ?? ""] ?? "That did not work. Type the username and the password again.";
}

/** The form for the user name and the password. A password manager finds its way by the names and the `autocomplete`. */
export function loginForm(about: {
  readonly application: string;
  /** The organization whose users sign in here, if it is not that of the application. */
  readonly organization: string | undefined;
  /** Where users of other organizations go; undefined where the application is not shared. */
  readonly organizationLink: string | undefined;
  readonly action: string;
  readonly sessionDataKey: string;
  readonly username: string | undefined;
  readonly alert: string | undefined;
}): Html {
  const { application, organization, organizationLink, action, sessionDataKey, username = "", alert } = about;
  const wrong = alert === undefined ? "" : html`aria-invalid="true" aria-describedby="failure"`;
  const first = (isFirst: boolean) => (isFirst ? html`autofocus` : "");
  return html`<h1>Sign in</h1>
<p class="quiet">to go on to <strong>${application}</strong>${organization ? html` as a user of <strong>${organization}</strong>` : ""}</p>
${alert === undefined ? "" : html`<p role="alert" id="failure">${alert}</p>`}
<form method="post" action="${action}">
<input type="hidden" name="sessionDataKey" value="${sessionDataKey}">
<label for="username">Username</label>
<input id="username" name="username" type="text" value="${username}" autocomplete="username" autocapitalize="none" spellcheck="false" required ${wrong} ${first(username === "")}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required ${wrong} ${first(username !== "")}>
<button type="submit">Sign in</button>
</form>
${organizationLink ? html`<p class="other"><a href="${organizationLink}">Sign in with an organization</a></p>` : ""}`;
}

/** What a user reads where the login flow of the application asks for what the sandbox does not have. */
export function cannotSignIn(application: string, { options }: Step): Html {
  const names = options.map(({ idp, authenticator }) => authenticatorOf(authenticator, idp).displayName).join(" or ");
  return html`<h1>Sign in</h1>
<p class="quiet">to go on to <strong>${application}</strong></p>
<p role="alert">Here, the login flow of the application asks for ${names}. The sandbox knows usernames and passwords only: add “Username &amp; Password” to this step.</p>`;
}
