import { Refusal } from "../refusal";

/** The codes that are not answered with 400. */
const statusOf: Readonly<Record<number, 403 | 404>> = { 60015: 404, 60035: 404, 60021: 403 };

/** A refusal of the organization management API. */
export function organizationError(number: number, title: string, description: string): Refusal {
  return new Refusal(statusOf[number] ?? 400, `ORG-${number}`, title, description);
}

export function organizationNotFound(id: string): Refusal {
  return organizationError(60015, "Invalid organization.", `Organization with ID: ${id} doesn't exist.`);
}

/** The organization is none that the caller is above: it may be anywhere else, or nowhere. */
export function notAnAncestor(id: string, callerId: string): Refusal {
  return organizationError(
    60064,
    "Unauthorized request.",
    `Organization with ID: ${callerId} is not an ancestor of the organization with ID: ${id}.`,
  );
}

export const whileCreating = "Unable to create the organization.";
export const whileUpdating = "Unable to update the organization.";
export const whilePatching = "Unable to patch the organization.";
export const whileListing = "Unable to retrieve organizations.";
