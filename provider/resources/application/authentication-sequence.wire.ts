import { z } from "zod";
import type { Plain } from "../../core/schema";
import { merge, present, text } from "../wire";
import type { AuthenticationSequenceArgs } from "./authentication-sequence.args";

type Sequence = Plain<AuthenticationSequenceArgs>;

const count = z.number().nullish();

/** The block `authenticationSequence` of an application. */
export const authenticationSequenceWire = z.looseObject({
  type: z.enum(["DEFAULT", "USER_DEFINED"]).nullish(),
  steps: z
    .array(
      z.looseObject({
        id: count,
        options: z.array(z.looseObject({ idp: z.string(), authenticator: z.string() })).nullish(),
      }),
    )
    .nullish(),
  requestPathAuthenticators: z.array(z.string()).nullish(),
  script: z.string().nullish(),
  subjectStepId: count,
  attributeStepId: count,
});

export type AuthenticationSequenceWire = z.infer<typeof authenticationSequenceWire>;

const defaults = { requestPathAuthenticators: [], subjectStepId: 1, attributeStepId: 1 };

export function authenticationSequenceToCreate(args: Sequence): AuthenticationSequenceWire {
  return declared(args);
}

/**
 * A flow is replaced whole, but for the script and the request path authenticators, which stay unless they are given.
 * A script cannot be removed by it: see `authenticationSequenceClearsScript`.
 */
export function authenticationSequenceToPatch(
  live: AuthenticationSequenceWire | null | undefined,
  args: Sequence | undefined,
  old: Sequence | undefined,
): AuthenticationSequenceWire | undefined {
  const wanted = declared(args ?? {});
  const before = declared(old ?? {});
  if (wanted.type === "USER_DEFINED") {
    const { type, subjectStepId, attributeStepId } = live ?? {};
    const stepIds = type === "USER_DEFINED" ? present({ subjectStepId, attributeStepId }) : {};
    return authenticationSequenceWire.parse(present(merge(stepIds, wanted, before, defaults)));
  }
  const returns = wanted.type === "DEFAULT" || before.type === "USER_DEFINED";
  // Some servers refuse DEFAULT, which comes without steps, for an application that has it already.
  const isDefault = live ? live.type !== "USER_DEFINED" : wanted.type === before.type;
  if (!returns || isDefault) return undefined;
  return { type: "DEFAULT", ...(before.requestPathAuthenticators && { requestPathAuthenticators: [] }) };
}

/** Left out, the numbers of the subject and the attribute step would fall back to 1. */
export function authenticationSequenceNeedsLive(args: Sequence | undefined, old: Sequence | undefined): boolean {
  const { type } = declared(args ?? {});
  if (type !== "USER_DEFINED") return type === "DEFAULT" && declared(old ?? {}).type === undefined;
  const { subjectStepId, attributeStepId } = present({ ...old, ...present(args ?? {}) });
  return subjectStepId === undefined || attributeStepId === undefined;
}

/**
 * Whether the program has dropped the script of a flow that stays. A PATCH keeps the old script then: send
 * `PUT /applications/{id}/authenticationSequence/script`, or `{ type: "DEFAULT" }` before the flow itself.
 */
export function authenticationSequenceClearsScript(args: Sequence | undefined, old: Sequence | undefined): boolean {
  return declared(args ?? {}).type === "USER_DEFINED" && !text(args?.script) && text(old?.script) !== undefined;
}

function declared(args: Sequence): AuthenticationSequenceWire {
  const type = args.type ?? (args.steps ? "USER_DEFINED" : undefined);
  if (type === "DEFAULT") return { type };
  const steps = args.steps?.map(({ options }, i) => ({ id: i + 1, options }));
  return present({ ...args, type, steps });
}

/** The live block in the words of the args. For the tenant's own flow the server shows that flow's steps: they are not ours. */
export function authenticationSequenceFromWire(wire: AuthenticationSequenceWire): Sequence {
  if (wire.type !== "USER_DEFINED") return { type: "DEFAULT" };
  const steps = wire.steps?.toSorted((a, b) => (a.id ?? 0) - (b.id ?? 0));
  return present<Sequence>({
    type: wire.type,
    steps: steps?.map(({ options }) => ({
      options: (options ?? []).map(({ idp, authenticator }) => ({ idp, authenticator })),
    })),
    requestPathAuthenticators: wire.requestPathAuthenticators ?? undefined,
    script: text(wire.script),
    subjectStepId: wire.subjectStepId ?? undefined,
    attributeStepId: wire.attributeStepId ?? undefined,
  });
}
