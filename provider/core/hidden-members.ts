import type { z } from "zod";
import type { Properties } from "./clean";
import { tenantProperty } from "./confirm";
import { saidOf } from "./decided";
import { holderProperty } from "./holders";

/** Under this name a program's class tells the resource's name: Pulumi tells a provider neither that nor a URN. */
export const nameProperty = "__logicalName";

/** The name of the resource in the program, where its class has told it. */
export function nameIn(properties: Properties): string | undefined {
  const name = properties[nameProperty];
  return typeof name === "string" ? name : undefined;
}

/** What state holds beside args and outputs, under names that Pulumi neither shows nor compares. */
export function hiddenMembers(
  tenant: string,
  holder: string,
  name: string | undefined,
  schema: z.ZodType,
  said: object,
): Properties {
  return {
    [tenantProperty]: tenant,
    [holderProperty]: holder,
    [nameProperty]: name,
    ...saidOf(schema, said),
  };
}

/** What the program says, without what Pulumi and this core keep beside it. */
export function withoutHidden(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}
