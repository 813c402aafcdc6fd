import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf, reasonOf } from "./reason";
import { parseTenant, type Tenant } from "./tenant";
import { writeWhole } from "./whole";

/** A state file that cannot be read or written, in a sentence that names it. */
export class StateError extends Error {
  constructor(file: string, what: string, options?: ErrorOptions) {
    super(`The state file ${file} ${what}`, options);
    this.name = "StateError";
  }
}

/** The tenant in a state file; undefined if there is no such file yet. */
export function loadTenant(file: string): Tenant | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new StateError(file, `cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new StateError(file, "is damaged: it is not JSON. It was left as it is.", { cause: error });
  }
  const parsed = parseTenant(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? issue.path.join(".") : "the whole";
  throw new StateError(file, `is damaged: ${where}: ${issue?.message}. It was left as it is.`);
}

/**
 * Writes a tenant to its file: into a new file first, so that neither a crash nor a full disk leaves half a tenant. Where
 * it cannot be written, the file stays as it was.
 */
export function saveTenant(file: string, tenant: Tenant): void {
  const temporary = `${file}.${process.pid}.${randomUUID()}.tmp`;
  try {
    const descriptor = openSync(temporary, "wx", 0o600);
    try {
      writeWhole(descriptor, Buffer.from(`${JSON.stringify(tenant, null, 1)}\n`));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new StateError(file, `cannot be written: ${reasonOf(error)}`, { cause: error });
  }
  keepName(file);
}

/**
 * Brings the new name of a file to the disk. Not every system can do this for a folder. Without it, the file has the
 * tenant all the same, but for a loss of power in the next seconds, which may bring the tenant before it back.
 */
function keepName(file: string): void {
  try {
    const folder = openSync(dirname(file), "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    return;
  }
}
