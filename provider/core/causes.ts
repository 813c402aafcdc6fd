import { type AsgardeoError, MissingScopeError, SettingsError } from "../errors";

const longest = 100;

/** What has been wrong in this run. A cause that hits all resources is said once in full, and in short by the others. */
export class Causes {
  /** Why the tenant cannot be asked at all: then nobody asks it any more. */
  ofTenant: AsgardeoError | undefined;
  private readonly said = new Set<string>();

  /** What to say of an error. */
  told(error: AsgardeoError): string {
    const isOfAll = error instanceof SettingsError || error instanceof MissingScopeError || error === this.ofTenant;
    if (isOfAll && this.said.has(error.message)) return inShort(error.message);
    this.said.add(error.message);
    return error.message;
  }
}

/** The beginning of a message that stands in full elsewhere. */
function inShort(message: string): string {
  const [line = ""] = message.split("\n");
  return `as another resource of this run says in full: ${line.length > longest ? `${line.slice(0, longest)}…` : line}`;
}
