import type { FloodFault } from "./models/fault";

const PIECE = 65_536;

/** A text in JSON that has so many bytes, or no end. Each piece is made when the one before it has been taken. */
export function flood({ bytes = Number.POSITIVE_INFINITY }: FloodFault): Response {
  let left = bytes;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = Buffer.alloc(Math.min(PIECE, left), "a");
      if (left === bytes) piece.write('"');
      left -= piece.length;
      if (left === 0) piece.write('"', piece.length - 1);
      controller.enqueue(piece);
      if (left === 0) controller.close();
    },
  });
  return new Response(body, { headers: { "Content-Type": "application/json" } });
}
