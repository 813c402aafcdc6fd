import { Hono } from "hono";
import type { Env, Services } from "../gate";
import { answerOAuthError, invalidRequest, notStored } from "../oauth-error";
import { authenticatedClient } from "../sign-in/client-credentials";
import { Ended } from "../sign-in/ends";
import { Parameters } from "../sign-in/parameters";
import { LIFETIME } from "../sign-in/pushed-requests";
import { addressOf, refuseOtherAnswers } from "../sign-in/request";

/**
 * Where clients push authorization requests to (RFC 9126), before they send a browser. As at the server, only the
 * client, the redirect URI and the kind of answer are looked at here; all the rest is when the browser comes.
 */
export function pushedRequestRoutes(services: Services): Hono<Env> {
  const { store, signIns } = services;
  const routes = new Hono<Env>();

  routes.post("/oauth2/par", async (context) => {
    try {
      const parameters = new Parameters([...new URLSearchParams(await context.req.text())]);
      const { application } = authenticatedClient(services, context.req.header("authorization"), parameters);
      if (clientOf(parameters) !== application.id) {
        throw invalidRequest("The client_id of the request is not that of the client.");
      }
      if (parameters.raw("request_uri") !== undefined) throw invalidRequest("Request with request_uri not allowed.");
      if (parameters.hasRepeated) throw invalidRequest("Invalid request with repeated parameters.");
      refuseOtherAnswers(parameters);
      const answer = { request_uri: signIns.pushed.put(parameters), expires_in: LIFETIME };
      return context.json(answer, 201, notStored);
    } catch (error) {
      return answerOAuthError(context, error);
    }
  });

  /** Whose request it is. What the user would be told, had a browser come with it, is told to the client. */
  function clientOf(parameters: Parameters): string {
    try {
      return addressOf(store, parameters).client.id;
    } catch (error) {
      throw error instanceof Ended ? invalidRequest(error.message) : error;
    }
  }

  return routes;
}
