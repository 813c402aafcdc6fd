import { z } from "zod";
import type { Api } from "../../api/api";
import { path } from "../../api/path";
import { AsgardeoError } from "../../errors";
import { organizationPages } from "../organization/directory";
import type { Form } from "./form";
import { isNothing, planFor, type Shared, type Wanted } from "./sharing";

const operations = path`/api/server/v1/async-operations`;

const words = z.string().nullish();
const operationList = z.looseObject({
  operations: z.array(z.looseObject({ operationId: z.string(), status: words })).nullish(),
});
const unitList = z.looseObject({
  unitOperations: z
    .array(z.looseObject({ targetOrgId: words, targetOrgName: words, status: words, statusMessage: words }))
    .nullish(),
});

/**
 * Waits until an application is shared as it is wanted: the server goes on after its answer. Where it has noted that an
 * organization could not get it, that ends the waiting, with the server's own reason.
 * `isOnlyGiving` is set where it does not matter who has it beside those that are wanted.
 */
export function untilShared(
  api: Api,
  form: Form,
  application: string,
  what: string,
  wanted: Wanted,
  isOnlyGiving: boolean,
): Promise<Shared> {
  let looks = 0;
  return api.eventually({
    what: `${what} is shared as declared`,
    async look() {
      const live = await form.read(api, application, wanted);
      if (!live) throw new AsgardeoError(`application: there is no application with the id ${application} any more`);
      const plan = planFor(wanted, live, wanted);
      const lacking =
        wanted.all && plan.all === undefined ? await lackingOf(api, live) : plan.share.map(({ id }) => id);
      const rest = isOnlyGiving ? { ...plan, unshare: [], endsAll: false } : plan;
      if (isNothing(rest) && lacking.length === 0) return live;
      // At the first look, the server may not have noted what it is about to do.
      if (looks++ > 0 && lacking.length > 0) await refuseFailed(api, application, what, new Set(lacking));
      return undefined;
    },
  });
}

/** The organizations that there are and that do not have an application; none where they cannot be listed. */
export async function lackingOf(api: Api, { organizations }: Shared): Promise<string[]> {
  const have = new Set(organizations.map(({ id }) => id));
  const all = await unlessRefused(() => organizationPages(api).all());
  return (all ?? []).map(({ id }) => id).filter((id) => !have.has(id));
}

/** Throws where the last thing that was done for the application failed for one of these organizations. */
async function refuseFailed(api: Api, application: string, what: string, lacking: ReadonlySet<string>): Promise<void> {
  const failed = await unlessRefused(() => failedUnits(api, application));
  const ours = (failed ?? []).filter(({ targetOrgId }) => lacking.has(targetOrgId ?? ""));
  if (ours.length === 0) return;
  const lines = ours.map(
    ({ targetOrgId, targetOrgName, statusMessage }) =>
      `  ${JSON.stringify(targetOrgName ?? "")} (id ${targetOrgId}): ${api.hidden(statusMessage || "no reason is given")}`,
  );
  throw new AsgardeoError(
    `organizations: ${what} could not be shared with\n${lines.join("\n")}\nPut right what it says, and run again.`,
  );
}

async function failedUnits(api: Api, application: string) {
  const viewing = api.needing("internal_async_operation_status_view");
  const filter = `subjectId eq ${application} and operationType eq B2B_APPLICATION_SHARE`;
  const [last] = (await viewing.get(operations, operationList, { filter, limit: 1 })).operations ?? [];
  if (last?.status !== "FAILED" && last?.status !== "PARTIALLY_COMPLETED") return [];
  const units = path`/api/server/v1/async-operations/${last.operationId}/unit-operations`;
  // As many as the server gives at once: a message has no room for more.
  const { unitOperations } = await viewing.get(units, unitList, { filter: "status eq FAILED", limit: 30 });
  return unitOperations ?? [];
}

/** Undefined where the server, or what the bootstrap client may do, does not allow it: it only helps to explain. */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AsgardeoError) return undefined;
    throw error;
  }
}
