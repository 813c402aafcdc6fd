/**
 * A promise whose failure waits for somebody who takes it. A program may well ask first and await the answer later, as
 * Pulumi itself does with what a program exports: Node.js would report the failure at once, and once more, as a warning,
 * when it is taken. One that nobody takes fails when there is nothing else left to do, so it is not lost.
 */
export class Patient<T> extends Promise<T> {
  readonly #take: () => void;

  constructor(start: (done: (value: T | PromiseLike<T>) => void, fail: (reason: unknown) => void) => void) {
    let take = () => {};
    const taken = new Promise<void>((done) => {
      take = done;
    });
    super((done, fail) => start(done, (reason) => void Promise.race([taken, end()]).then(() => fail(reason))));
    this.#take = take;
  }

  override then<A = T, B = never>(
    kept?: ((value: T) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#take();
    return super.then(kept, failed);
  }
}

let ended: Promise<void> | undefined;

/** When the process would end. */
function end(): Promise<void> {
  ended ??= new Promise((done) => {
    process.once("beforeExit", () => {
      ended = undefined;
      done();
    });
  });
  return ended;
}
