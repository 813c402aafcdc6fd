import type { Application, Tenant } from "../../../sandbox/index";

export const applications = "/api/server/v1/applications";

export const applicationPath = (id: string) => `${applications}/${id}`;

/** Names are those of a place in the program, so that no two applications of it can want the same. */
export function namesOf(place: number): readonly [string, string] {
  return [`App ${place}`, `App ${place} of old`];
}

/** Those that are no part of the tenant itself, and no copies of the applications that a tenant shares. */
export function ownApplications({ bootstrap, ...tenant }: Tenant): Application[] {
  return tenant.applications.filter(
    ({ id, system, sharedFrom }) => !system && id !== bootstrap && sharedFrom === undefined,
  );
}
