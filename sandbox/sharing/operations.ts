import { randomUUID } from "node:crypto";
import type { Store } from "../store";
import { knows } from "../versions";
import type { AsyncOperation, UnitOperation } from "./collection";

/** What one organization has come to in an operation: the reason why it failed, or undefined where it did not. */
export interface UnitResult {
  readonly id: string;
  readonly name: string;
  readonly failure: string | undefined;
}

/** Who asked for an operation, and on what. */
export interface OperationRequest {
  readonly applicationId: string;
  readonly initiatorId: string;
  readonly policy: string;
}

/** Notes an operation that has begun; undefined on a server that keeps no account of them. */
export function begunOperation(store: Store, request: OperationRequest, now: number): AsyncOperation | undefined {
  if (!knows(store.tenant.server, "asyncOperations")) return undefined;
  const time = new Date(now).toISOString();
  return {
    operationId: randomUUID(),
    correlationId: randomUUID(),
    operationType: "B2B_APPLICATION_SHARE",
    subjectType: "B2B_APPLICATION",
    subjectId: request.applicationId,
    initiatedOrgId: store.organizationId,
    initiatedUserId: request.initiatorId,
    status: "IN_PROGRESS",
    policy: request.policy,
    createdTime: time,
    modifiedTime: time,
    units: [],
  };
}

/** An operation that has ended, with what each organization has come to. */
export function endedOperation(operation: AsyncOperation, results: readonly UnitResult[], now: number): AsyncOperation {
  const time = new Date(now).toISOString();
  const units = results.map(
    ({ id, name, failure }): UnitOperation => ({
      unitOperationId: randomUUID(),
      operationId: operation.operationId,
      residentResourceId: operation.subjectId,
      targetOrgId: id,
      targetOrgName: name,
      status: failure === undefined ? "SUCCESS" : "FAILED",
      statusMessage: failure ?? "",
      createdTime: time,
    }),
  );
  const failed = units.filter(({ status }) => status === "FAILED").length;
  const status = failed === 0 ? "SUCCESS" : failed === units.length ? "FAILED" : "PARTIALLY_COMPLETED";
  return { ...operation, status, modifiedTime: time, units };
}
