import { faultRules } from "./fault-rules";
import type { FaultedRequest, FaultRule } from "./models/fault";

/** The rules in force, with what each has seen and played, and the waits that are under way. */
export class Faults {
  private running: readonly RunningRule[] = [];
  private readonly waits = new Set<() => void>();

  constructor(rules: readonly FaultRule[] = []) {
    this.set(rules);
  }

  get rules(): readonly FaultRule[] {
    return this.running.map(({ rule }) => rule);
  }

  /** Puts rules in the place of those in force; every one starts afresh. */
  set(rules: readonly FaultRule[]): void {
    this.running = faultRules(rules).map((rule, index) => new RunningRule(rule, index));
  }

  has(kind: FaultRule["kind"]): boolean {
    return this.running.some(({ rule }) => rule.kind === kind);
  }

  /** The first rule that has a fault for a request; only those that `can` count it. */
  choose(request: FaultedRequest, can: (rule: FaultRule) => boolean): FaultRule | undefined {
    return this.running.find((running) => running.matches(request) && can(running.rule) && running.fires())?.rule;
  }

  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.waits.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.waits.add(end);
    });
  }

  /** Ends every wait at once, and plays no more faults. */
  stop(): void {
    this.running = [];
    for (const end of this.waits) end();
  }
}

class RunningRule {
  private readonly methods: readonly string[] | undefined;
  private readonly path: RegExp | undefined;
  private readonly random: () => number;
  private seen = 0;
  private played = 0;

  constructor(
    readonly rule: FaultRule,
    index: number,
  ) {
    const { method, path, seed = index } = rule;
    if (method !== undefined) this.methods = [method].flat().map((name) => name.toUpperCase());
    if (path !== undefined) this.path = typeof path === "string" ? expressionOf(path) : stateless(path);
    this.random = randomFrom(seed);
  }

  matches({ method, path }: FaultedRequest): boolean {
    return (this.methods?.includes(method) ?? true) && (this.path?.test(path) ?? true);
  }

  fires(): boolean {
    const { skip = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = this.rule;
    this.seen += 1;
    if (this.seen <= skip || this.played >= times || this.random() >= probability) return false;
    this.played += 1;
    return true;
  }
}

function expressionOf(path: string): RegExp {
  if (path.startsWith("^")) return new RegExp(path);
  const parts = path.split(/(\*\*|\*)/).map((part) => {
    if (part === "**") return ".*";
    return part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

/** An expression that is global or sticky remembers where it last matched. */
function stateless({ source, flags }: RegExp): RegExp {
  return new RegExp(source, flags.replace(/[gy]/g, ""));
}

/** Numbers from 0 to less than 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
