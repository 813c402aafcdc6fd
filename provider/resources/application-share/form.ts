import type { Api } from "../../api/api";
import type { Run } from "../../core/run";
import type { Plan, Shared, Wanted } from "./sharing";

/** How a server is asked to share. */
export interface Form {
  /** Whether it can share roles by choice, and with the children of an organization. */
  readonly isNew: boolean;
  /** With whom an application is shared; undefined where it is proved that there is no such application. */
  read(api: Api, application: string, declared: Wanted): Promise<Shared | undefined>;
  /** Asks for what is planned. The server may do it behind its answers. */
  carryOut(api: Api, run: Run, application: string, plan: Plan, wanted: Wanted, before: Wanted): Promise<void>;
  /** Asks that nobody has it any more. */
  end(api: Api, application: string): Promise<void>;
}
