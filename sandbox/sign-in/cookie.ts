import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Session } from "./sessions";

const name = "commonAuthId";

/** The cookie by which a browser is known again. */
export function sessionCookie(context: Context): string | undefined {
  return getCookie(context, name);
}

/**
 * Lets a browser be known again, until it is closed. `Lax`: a page of another site cannot answer a question of consent
 * in the user's name, while a link from there to the sign-in finds the session.
 */
export function setSessionCookie(context: Context, { cookie }: Session): void {
  setCookie(context, name, cookie, { path: "/", httpOnly: true, sameSite: "Lax" });
}

/** Has a browser forget whom it is known as. */
export function endSessionCookie(context: Context): void {
  deleteCookie(context, name, { path: "/" });
}
