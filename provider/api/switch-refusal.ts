import { ApiError, SettingsError } from "../errors";

/** A refused switch to an organization of the tenant, as the token endpoint says it. */
export interface RefusedSwitch {
  /** The id that was given. */
  readonly organization: string;
  readonly clientId: string;
  readonly refusal: ApiError;
}

const setting = "childOrganization (asgardeo:childOrganization or ASGARDEO_CHILD_ORGANIZATION)";

/** What the server says, and what to do about it. The words are those of the grant `organization_switch`. */
const cases: readonly { readonly said: RegExp; advice(refused: RefusedSwitch): string }[] = [
  {
    said: /^invalid organization id/i,
    advice: ({ organization }) =>
      `the tenant has no organization with the id ${organization}. Check the setting ${setting}: it is the id, not the name or the handle. If the organization was deleted, all that it had is gone with it: take its resources out of the program, and out of the state with \`pulumi state delete\`.`,
  },
  {
    said: /deactivated/i,
    advice: ({ organization }) =>
      `the organization ${organization} is disabled, and nothing can be done in it. Activate it in the console, or by \`status: "ACTIVE"\` of its resource \`Organization\`, in a run before this one.`,
  },
  {
    said: /same branch/i,
    advice: ({ organization }) =>
      `the organization ${organization} is not below the one that the application of the bootstrap client belongs to. Give an organization below it by the setting ${setting}, or sign in with a client of the tenant above.`,
  },
  {
    said: /have not shared/i,
    advice: ({ organization, clientId }) =>
      [
        `the application of the bootstrap client ${clientId} is not shared with the organization ${organization}. Share it in the console (Applications > the application > Shared Access), or add this to the program of the tenant:`,
        `  new asgardeo.ApplicationShare("bootstrap", { application: asgardeo.getApplicationOutput({ clientId: "${clientId}" }).id, allOrganizations: true });`,
      ].join("\n"),
  },
];

/** The refusal with what to do about it; undefined where the server says something that is not known here. */
export function refusedSwitch(refused: RefusedSwitch): SettingsError | undefined {
  const { refusal } = refused;
  const found = cases.find(({ said }) => said.test(refusal.description));
  if (!found) return undefined;
  return new SettingsError(`childOrganization: ${found.advice(refused)}\n(${refusal.message})`, { cause: refusal });
}

/** What the server said where it refused a switch since the application is not shared with the organization, or not yet. */
export function unsharedRefusal(error: unknown): ApiError | undefined {
  if (!(error instanceof SettingsError) || !(error.cause instanceof ApiError)) return undefined;
  return /have not shared/i.test(error.cause.description) ? error.cause : undefined;
}
