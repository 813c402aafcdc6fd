import { Refusal } from "../refusal";
import { management } from "../refusal-form";

/** The errors of app-native authentication, by the number of their code. */
const errors = {
  60001: [400, "Invalid authentication request.", "Received authentication request is invalid."],
  60004: [400, "Invalid authenticatorId.", "Provided authenticatorId is invalid."],
  60005: [400, "Application not found.", "No application has the client id of the flow."],
  60006: [501, "Unsupported authenticator.", "The sandbox knows the authenticator BasicAuthenticator only."],
  60007: [
    400,
    "App native authentication is not enabled for the application.",
    "App native authentication is not enabled for the application.",
  ],
  60008: [400, "Authentication flow timed out.", "The authentication flow has taken too long."],
  60009: [400, "Invalid flowId.", "Provided flowId is invalid."],
  60011: [400, "Application is disabled.", "The application is disabled."],
  60012: [400, "Invalid authenticator.", "Provided authenticator is not an option of this step."],
} as const;

/** An error of app-native authentication. */
export function nativeError(number: keyof typeof errors, said?: string): Refusal {
  const [status, message, description] = errors[number];
  return new Refusal(status, `ABA-${number}`, message, said ?? description, management);
}

/** What a client is told that is not who it says. */
export function clientUnknown(description: string): Refusal {
  return new Refusal(401, "401", "Unauthorized", description, management);
}
