import { AsgardeoError } from "../errors";
import type { HttpResponse } from "./exchange";
import { baseInside } from "./inside";
import { type Path, type Query, queryText } from "./path";
import { demandOf, type Permission } from "./permission";
import { refuseError } from "./reading";
import { accepted } from "./refusal";
import { secretsIn } from "./secrets-in";
import type { Shared } from "./shared";
import type { ApiRequest } from "./token";

type Client = Shared<unknown>;

/** The base URL of the tenant, or of the organization that the client works in. */
export function baseOf({ base, inside }: Client): string {
  return inside ? baseInside(base, inside.organization) : base;
}

/** Where a path is below the tenant's base URL. */
export function placed({ text }: Path, { inside }: Client): string {
  return inside ? `/o${text}` : text;
}

/** Sends one request with a token; a refusal becomes an error. */
export async function sent(
  client: Client,
  permission: Permission,
  method: ApiRequest["method"],
  path: Path,
  body?: unknown,
  query?: Query,
): Promise<HttpResponse> {
  const { send, base, secrets } = client;
  const { mediaType } = path.family;
  const what = `${method} ${placed(path, client)}`;
  const url = `${base}${placed(path, client)}${queryText(query)}`;
  const text = body === undefined ? "" : JSON.stringify(body);
  learn(client, path, text);
  const response = await send({
    ...demandOf(permission, client),
    effort: permission.effort,
    method,
    path,
    url,
    headers: { accept: mediaType, ...(body !== undefined && { "content-type": mediaType }) },
    ...(body !== undefined && { body: text }),
  });
  learn(client, path, response.text);
  const answer = accepted(what, path, response, secrets, `${url} ${text}`);
  refuseError(what, answer);
  return answer;
}

/** Reads what is shown to everybody: no token goes with the request. */
export async function readOpenly(client: Client, path: Path): Promise<HttpResponse> {
  const { open, secrets } = client;
  const what = `GET ${path.text}`;
  if (!open) throw new AsgardeoError(`${what}: this client sends no request without a token`);
  const url = `${baseOf(client)}${path.text}`;
  const response = await open({ method: "GET", url, headers: { accept: path.family.mediaType } });
  return accepted(what, path, response, secrets, url);
}

/** The secrets of a body are known before anything is said about it. */
function learn({ secrets }: Client, { family }: Path, body: string): void {
  for (const secret of secretsIn(family, body)) secrets.add(secret);
}
