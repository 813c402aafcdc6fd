import type { Api } from "../../api/api";
import { scopesOfTenant } from "../../api/tenant-scopes";
import { AsgardeoError, MissingScopeError } from "../../errors";
import type { Form } from "./form";
import { newForm } from "./new-form";
import { oldForm } from "./old-form";

/**
 * The form of this server. WSO2 Identity Server 7.2 and Asgardeo have scopes of their own for the new one, so a token that has
 * one of them tells it. Where it has none, the tenant is asked whether it knows them.
 */
export async function formOf(api: Api): Promise<Form> {
  try {
    await api.needing("internal_shared_application_view").ready();
    return newForm;
  } catch (error) {
    if (!(error instanceof MissingScopeError)) throw error;
    if (await isKnown(api)) throw error;
    return oldForm;
  }
}

async function isKnown(api: Api): Promise<boolean> {
  try {
    return (await api.kept(scopesOfTenant)).has("internal_shared_application_view");
  } catch (error) {
    // It cannot be asked: where that is wrong, the server refuses what is sent, and the scope is named.
    if (error instanceof AsgardeoError) return false;
    throw error;
  }
}
