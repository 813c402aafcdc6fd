import { visible } from "../visible";
import { Causes } from "./causes";
import { Holders } from "./holders";
import { Program } from "./program";

/** What the resources of one process share beside the tenant: one of Pulumi's runs, as far as this process sees it. */
export class Run {
  readonly program = new Program();
  readonly holders = new Holders();
  readonly causes = new Causes();
  /** Hides the secrets that are known in a text: those of the tenant, from its first operation on. */
  hide: (text: string) => string = (text) => text;
  private readonly said = new Set<string>();

  constructor(
    private readonly tell: (text: string) => void,
    /** How many milliseconds a write that was refused waits to hear whether the program itself makes way for it. */
    readonly patience = 5_000,
  ) {}

  /** Tells the user something that is no error, and the same thing only once. */
  say(words: string): void {
    const text = this.hide(visible(words));
    if (this.said.has(text)) return;
    this.said.add(text);
    this.tell(text);
  }
}
