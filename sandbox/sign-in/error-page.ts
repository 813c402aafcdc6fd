import { html } from "hono/html";
import type { Html } from "./page";

const LONGEST = 200;

/** What the server's codes mean, and what to do. */
const sentences: Readonly<Record<string, string>> = {
  "application.not.found": "No application of this organization has the client id of the request.",
  "application.disabled": "The application is disabled.",
  "callback.not.match": "The redirect URI of the request is not one of those that the application is registered with.",
  "par.invalid.request.uri":
    "The request refers to one that the application has not made here, or that was used already.",
  "par.request.uri.expired": "The application's request is older than a minute. Start again at the application.",
  "par.client.id.not.match": "The request refers to one that another application has made.",
  "Post logout URI does not match with registered callback URI.":
    "The address to go to afterwards is not one of the redirect URIs that the application is registered with.",
  "ID token signature validation failed.": "The ID token of the request is none that this tenant has issued.",
  "End User denied the logout request": "You have chosen to stay signed in.",
};

/** The page of an error that the application cannot be told: it is shown as it is, and explained where it is known. */
export function errorContent(code: string, message: string): Html {
  const what = /logout|^ID token/i.test(message) ? "sign-out" : "sign-in";
  const shown = `${code || "unknown"}: ${message || "no message"}`;
  return html`<h1>The ${what} cannot go on</h1>
<p role="alert">${sentences[message] ?? "The request is not one that can be answered."}</p>
<p class="quiet">${shown.slice(0, LONGEST)}</p>`;
}

/** The page for a key that is unknown, was used, or is too old. */
export const overContent: Html = html`<h1>This sign-in is over</h1>
<p role="alert">It took too long, or it has been used already. Go back to the application, and sign in again there.</p>`;
