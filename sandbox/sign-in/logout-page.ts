import { html } from "hono/html";
import type { Html } from "./page";

/** The question whether somebody wants to sign out, which an application has brought about. */
export function logoutForm(application: string | undefined, action: string): Html {
  return html`<h1>Sign out?</h1>
<p>${application ?? "An application"} asks to sign you out of this organization.</p>
<form method="post" action="${action}">
<button type="submit" name="consent" value="approve">Sign out</button>
<button type="submit" name="consent" value="deny" class="second">Stay signed in</button>
</form>`;
}

/** Where somebody is after a sign-out that leads back to no application. */
export const signedOutContent: Html = html`<h1>You are signed out</h1>
<p>This browser is not signed in to this organization.</p>`;
