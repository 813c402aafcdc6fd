import type { Application } from "../models/application";
import { authenticatorOf } from "./authenticators";
import type { Step } from "./proceed";
import type { Failure } from "./users";

export const BASIC = "BasicAuthenticator";

type Option = Step["options"][number];

const prompt = {
  metadata: {
    i18nKey: "authenticator.basic",
    promptType: "USER_PROMPT",
    params: [
      {
        param: "username",
        type: "STRING",
        order: 0,
        confidential: false,
        i18nKey: "username.param",
        displayName: "Username",
      },
      {
        param: "password",
        type: "STRING",
        order: 1,
        confidential: true,
        i18nKey: "password.param",
        displayName: "Password",
      },
    ],
  },
  requiredParams: ["username", "password"],
};

/** What app-native authentication calls an option of a login flow. */
export function authenticatorId({ idp, authenticator }: Option): string {
  return Buffer.from(`${authenticator}:${idp}`).toString("base64url");
}

/** The option that an id says; undefined if it says none. */
export function optionOf(id: string): Option | undefined {
  const [authenticator, idp, ...rest] = Buffer.from(id, "base64url").toString("utf8").split(":");
  return authenticator && idp && rest.length === 0 ? { authenticator, idp } : undefined;
}

export function isPassword({ idp, authenticator }: Option): boolean {
  return idp === "LOCAL" && authenticator === BASIC;
}

/** What the application has to ask its user next. */
export function promptAnswer(about: {
  readonly flowId: string;
  readonly place: string;
  readonly options: readonly Option[];
  readonly failure?: Failure | undefined;
}): object {
  const { flowId, place, options, failure } = about;
  return {
    flowId,
    flowStatus: failure ? "FAIL_INCOMPLETE" : "INCOMPLETE",
    flowType: "AUTHENTICATION",
    nextStep: {
      stepType: options.length === 1 ? "AUTHENTICATOR_PROMPT" : "MULTI_OPTIONS_PROMPT",
      authenticators: options.map(optionAnswer),
      ...(failure && { messages: [messageOf(failure)] }),
    },
    links: [{ name: "authentication", href: `${place}/oauth2/authn`, method: "POST" }],
  };
}

function optionAnswer(option: Option): object {
  const { displayName, i18nKey } = authenticatorOf(option.authenticator, option.idp);
  const head = { authenticatorId: authenticatorId(option), authenticator: displayName, idp: option.idp };
  return { ...head, ...(isPassword(option) ? prompt : { metadata: { i18nKey } }) };
}

function messageOf({ id, message }: Failure): object {
  return { type: "ERROR", messageId: id, message, i18nKey: `message.${id}` };
}

/** The end of a flow: what a browser would have brought to the redirect URI. */
export function completedAnswer(authData: object): object {
  return { flowStatus: "SUCCESS_COMPLETED", authData };
}

/** Whether an application lets clients sign its users in without a browser. */
export function isNative({ advancedConfigurations }: Application): boolean {
  return advancedConfigurations.enableAPIBasedAuthentication === true;
}
