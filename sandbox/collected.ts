/** Bytes that come in pieces of any size, up to a limit: in one piece, since many small ones would take far more room. */
export class Collected {
  private all = Buffer.alloc(0);
  private length = 0;

  constructor(private readonly most: number) {}

  /** Puts more behind what is there; false, and nothing is added, if it would be too much. */
  add(more: Uint8Array): boolean {
    const length = this.length + more.length;
    if (length > this.most) return false;
    if (length > this.all.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.most, Math.max(length, 2 * this.all.length)));
      larger.set(this.all.subarray(0, this.length));
      this.all = larger;
    }
    this.all.set(more, this.length);
    this.length = length;
    return true;
  }

  bytes(): Buffer {
    return this.all.subarray(0, this.length);
  }
}
