import type { Failure } from "../../core/check";
import type { Properties } from "../../core/clean";
import { isUnknown } from "../../core/unknown";
import { kept, lengthOf, longTexts } from "../limits";
import { isObject } from "../wire";
import { callbackUrlsToWire } from "./callback-urls";

const mostCallback = 2048;

/** What the server keeps only in part of an application. */
export function tooLong(args: Properties): Failure[] {
  const texts = longTexts(args, { name: 255, description: 1024, imageUrl: 1024, accessUrl: 1024 });
  const problem = isObject(args.oidc) ? callbackProblem(args.oidc.callbackUrls) : undefined;
  return problem === undefined ? texts : [...texts, { property: "oidc", reason: `oidc.callbackUrls: ${problem}` }];
}

/** All callback URLs of an application share one place, as one pattern. Those that are not known yet make it longer only. */
function callbackProblem(declared: unknown): string | undefined {
  if (!Array.isArray(declared)) return undefined;
  const known = declared.filter((url): url is string => typeof url === "string" && !isUnknown(url));
  const [wire = ""] = callbackUrlsToWire(known);
  const characters = `${lengthOf(wire).toLocaleString("en")} characters, and ${kept(mostCallback)}`;
  if (lengthOf(wire) <= mostCallback) return undefined;
  if (known.length > 1) {
    const which = known.length < declared.length ? " that are known" : "";
    return `the ${known.length} URLs${which} are sent as one escaped pattern of ${characters}; list fewer or shorter URLs, write a shorter pattern of your own (\`regexp=…\`), or make two applications`;
  }
  return wire.startsWith("regexp=")
    ? `this pattern has ${characters}; make it shorter, or make two applications`
    : `this URL has ${characters}; make it shorter`;
}
