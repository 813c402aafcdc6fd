import { type Context, Hono } from "hono";
import { parseBody, readJson } from "../body";
import { type Env, needs, type Services } from "../gate";
import { organizationCreation, organizationPatch, organizationReplacement } from "../models/organization";
import type { Organization } from "../organization/collection";
import { createdOrganization } from "../organization/create";
import { removeOrganization } from "../organization/delete";
import { attributeKeyList, organizationList } from "../organization/list";
import { isNameTaken, isSoundHandle } from "../organization/names";
import { patchedOrganization, replacedOrganization } from "../organization/patch";
import { notAnAncestor, organizationError, organizationNotFound, whilePatching } from "../organization/refusals";
import {
  organizationAnswer,
  organizationMetadata,
  organizationPath,
  organizationWithPath,
} from "../organization/render";
import { isWithin, organizationOf } from "../organization/tree";
import { organizationRoles } from "../role/collection";
import { shareWithNew } from "../sharing/share";
import { emptyInside } from "../tenant";
import { isObject, knows } from "../versions";

const scopeOf = (verb: string) => `internal_organization_${verb}`;

/** /organizations and /organizations/{id}: what is below the organization that the token is for. */
export function organizationRoutes(services: Services): Hono<Env> {
  const { store, baseUrl, now } = services;
  const { tenant, organizationId: callerId } = store;
  const routes = new Hono<Env>();

  routes.get("/", needs(scopeOf("view")), (context) =>
    context.json(organizationList(tenant, callerId, context.req.query())),
  );

  routes.post("/", needs(scopeOf("create")), async (context) => {
    const body = parseBody(organizationCreation, await readJson(context.req));
    const organization = createdOrganization(tenant, callerId, body, now());
    store.change(() => {
      tenant.organizations.push(organization);
      tenant.organizationHandles.push(organization.orgHandle);
      tenant.inside[organization.id] = { ...emptyInside(), roles: organizationRoles(organization.id) };
    });
    shareWithNew(services, organization);
    const location = `${baseUrl()}${organizationPath(tenant, organization.id)}`;
    return context.json(organizationAnswer(tenant, organization), 201, { Location: location });
  });

  routes.post("/check-name", needs(scopeOf("view")), async (context) => {
    const name = await textOf(context, "name");
    return context.json({ available: name !== undefined && name.trim() !== "" && !isNameTaken(tenant, name) });
  });

  if (knows(tenant.server, "organizationHandle")) {
    routes.post("/check-handle", needs(scopeOf("view")), async (context) => {
      const handle = await textOf(context, "orgHandle");
      const available = handle !== undefined && isSoundHandle(handle) && !tenant.organizationHandles.includes(handle);
      return context.json({ available });
    });

    routes.get("/self", needs(scopeOf("view")), (context) =>
      context.json(organizationWithPath(tenant, found(callerId), callerId)),
    );

    routes.patch("/self", needs(scopeOf("update")), async (context) => {
      const patch = parseBody(organizationPatch, await readJson(context.req));
      const other = patch.find(({ path }) => !["/name", "/version"].includes(path));
      if (other) throw organizationError(60011, whilePatching, `Provided path: ${other.path} is invalid.`);
      return context.json(organizationAnswer(tenant, kept(patchedOrganization(tenant, found(callerId), patch))));
    });

    routes.get("/metadata", needs(scopeOf("view")), (context) =>
      context.json(organizationMetadata(tenant, found(callerId))),
    );
  }

  routes.get("/meta-attributes", needs(scopeOf("view")), (context) =>
    context.json(attributeKeyList(tenant, callerId, context.req.query())),
  );

  routes.get("/:id", needs(scopeOf("view")), (context) => {
    const organization = found(context.req.param("id"));
    if (!isWithin(tenant, organization, callerId)) throw notAnAncestor(organization.id, callerId);
    return context.json(organizationWithPath(tenant, organization, callerId));
  });

  routes.put("/:id", needs(scopeOf("update")), async (context) => {
    const body = parseBody(organizationReplacement, await readJson(context.req));
    const replaced = replacedOrganization(tenant, changeable(context.req.param("id")), body);
    return context.json(organizationAnswer(tenant, kept(replaced)));
  });

  routes.patch("/:id", needs(scopeOf("update")), async (context) => {
    const patch = parseBody(organizationPatch, await readJson(context.req));
    const patched = patchedOrganization(tenant, changeable(context.req.param("id")), patch);
    return context.json(organizationAnswer(tenant, kept(patched)));
  });

  routes.delete("/:id", needs(scopeOf("delete")), (context) => {
    removeOrganization(services, changeable(context.req.param("id"), true));
    return context.body(null, 204);
  });

  function found(id: string): Organization {
    const organization = organizationOf(tenant, id);
    if (!organization) throw organizationNotFound(id);
    return organization;
  }

  /** An organization below the caller's: its own it may not change, and of all others it is not told whether they exist. */
  function changeable(id: string, isDeletion = false): Organization {
    const organization = organizationOf(tenant, id);
    if (organization && organization.parentId === undefined && isDeletion) {
      throw organizationError(60050, "Unable to delete the organization.", "The root organization cannot be deleted.");
    }
    if (!organization || id === callerId || !isWithin(tenant, organization, callerId))
      throw notAnAncestor(id, callerId);
    return organization;
  }

  function kept(organization: Organization): Organization {
    const changed = { ...organization, lastModified: now() };
    const { organizations } = tenant;
    store.change(() => {
      organizations[organizations.findIndex(({ id }) => id === organization.id)] = changed;
    });
    return changed;
  }

  return routes;
}

/** A text in a body; undefined where it is not there, which is checked and found not available. */
async function textOf(context: Context<Env>, member: string): Promise<string | undefined> {
  const body = await readJson(context.req);
  const text = isObject(body) ? body[member] : undefined;
  return typeof text === "string" ? text.trim() : undefined;
}
