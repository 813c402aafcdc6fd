import { z } from "zod";
import { type Api, path } from "../../api/api";
import type { Plain } from "../../core/schema";
import { type ApiError, AsgardeoError } from "../../errors";
import type { ApplicationArgs } from "../application";

const list = z.looseObject({
  applications: z.array(z.looseObject({ id: z.string(), name: z.string(), clientId: z.string().nullish() })).nullish(),
});

/**
 * What a 409 means: the server answers it for a taken name and for a taken client id, with codes that do not tell which.
 */
export async function taken(api: Api, args: Plain<ApplicationArgs>, conflict: ApiError): Promise<AsgardeoError> {
  const clientId = args.oidc?.clientId;
  const byName = (await matches(api, "name", args.name)).find(({ name }) => name === args.name);
  const byClient =
    clientId === undefined
      ? undefined
      : (await matches(api, "clientId", clientId)).find((a) => a.clientId === clientId);
  const [property, value, found] =
    byName || !byClient ? ["name", args.name, byName] : ["oidc.clientId", clientId, byClient];
  const holder = found ? `by the application "${found.name}" (id ${found.id})` : "in this tenant";
  const text = `${property}: ${JSON.stringify(value)} is taken ${holder}. Choose another, or rename or delete that one. (${conflict.message})`;
  return new AsgardeoError(text, { cause: conflict });
}

/** Only for the message, so a failure of its own must not hide the conflict. */
async function matches(api: Api, attribute: string, value: string) {
  try {
    const filter = `${attribute} eq ${/\s/.test(value) ? `"${value}"` : value}`;
    return (await api.get(path`/api/server/v1/applications`, list, { filter })).applications ?? [];
  } catch {
    return [];
  }
}
