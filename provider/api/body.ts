import type { Readable } from "node:stream";
import { ResponseError } from "../errors";
import { notTheServer } from "./answer";

const megabyte = 1024 * 1024;

/** Far more than any answer of the server's APIs has, and little enough to be held in memory. */
const most = 16 * megabyte;

/** An answer whose body is still to come. */
interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readable;
}

/**
 * The text of an answer. One that is larger than any can be ends with its connection: it would fill the memory. All
 * that is thrown for leaves open whether the request was carried out, and is no reason to send it again. `what` is
 * method and path.
 */
export async function textOf(what: string, { statusCode, headers, body }: Answer): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  const add = (bytes: number) => {
    size += bytes;
    if (size > most)
      throw new ResponseError(`${what}: the answer is larger than 16 MB, the most that is read; ${notTheServer}`);
  };
  try {
    if (Number(headers["content-length"]) > most) add(most + 1);
    for await (const piece of body as AsyncIterable<Buffer>) {
      add(piece.length);
      pieces.push(piece);
    }
  } finally {
    // Closes the connection where the body has not come to its end.
    body.on("error", () => {}).destroy();
  }
  return decoded(what, Buffer.concat(pieces), headers["content-encoding"], statusCode >= 400);
}

/** An error's status counts whatever its body is; the body of a success is the server's word, and is not guessed. */
function decoded(what: string, bytes: Buffer, encoding = "identity", isError: boolean): string {
  const isPlain = bytes.length === 0 || /^\s*identity\s*$/i.test(encoding);
  if (!isPlain && !isError) {
    throw new ResponseError(`${what}: the answer is compressed, which was not asked for; ${notTheServer}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: !isError }).decode(bytes);
  } catch {
    throw new ResponseError(`${what}: the answer is not UTF-8; ${notTheServer}`);
  }
}
