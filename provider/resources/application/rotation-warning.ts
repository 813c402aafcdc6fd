import type { Api } from "../../api/api";
import type { Properties } from "../../core/clean";
import { isUnknown } from "../../core/unknown";
import { matchApplication } from "./directory";
import { applicationText } from "./names";
import { isRotation } from "./secret-args";
import { changing, refuseUndeletable } from "./secrets";
import { secretsOf } from "./secrets.wire";

/** What a new secret does, for the preview: to the old one, and on servers with one secret for an application to tokens. */
export async function warnOfRotation(api: Api, old: Properties, args: Properties): Promise<string[]> {
  if (!isRotation(old, args)) return [];
  const found = await matchApplication(api, old, true);
  if (!found) return [];
  const what = applicationText(old.name, found.id);
  const secrets = await secretsOf(api, found.id);
  if (!secrets) {
    return [
      `secretVersion: this server has one secret for an application, so the new secret of ${what} ends the old one and revokes all its tokens at once`,
    ];
  }
  if (api.mayWrite) await changing(api).ready();
  refuseUndeletable(api, secrets, what);
  const makes = isUnknown(args.secretVersion) ? "is not known yet; another one makes" : "makes";
  const older = secrets.some(({ latest }) => !latest)
    ? " The one before it, which is still valid, ends with this update."
    : "";
  return [
    `secretVersion: ${makes} a new client secret for ${what}; the old one ${api.organization === undefined ? endOfOld(args.secretOverlapDays) : endInOrganization}.${older}`,
  ];
}

const endInOrganization =
  "stays valid until somebody deletes it in the organization's console, which has to be done before the next change";

function endOfOld(days: unknown): string {
  if (isUnknown(days)) return "stays valid for as long as `secretOverlapDays` says, which is not known yet";
  if (typeof days !== "number") return "stays valid until the next change of `secretVersion`";
  if (days === 0) return "ends with this update (secretOverlapDays: 0)";
  const end = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return `stays valid until ${end} (secretOverlapDays: ${days}), and the first \`pulumi up\` after that deletes it`;
}
