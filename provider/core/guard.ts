import type { Api } from "../api/api";
import { visible } from "../visible";
import type { Failure } from "./check";
import type { Properties } from "./clean";
import { keepSecrets, type SecretNames } from "./keep-secrets";
import type { Run } from "./run";

/** What every operation of a type goes through, so that nothing it says has a secret. */
export interface Guard {
  /** Runs an operation: it knows the secrets of these properties before its first request, and what it throws has none. */
  guarded<T>(properties: readonly Properties[], work: () => Promise<T>): Promise<T>;
  /** What is wrong with args, as it is to be read. */
  shown(failures: readonly Failure[]): Failure[];
}

export function guard(names: SecretNames, api: () => Api, run: Run): Guard {
  return {
    async guarded(properties, work) {
      const tenant = api();
      keepSecrets(names, tenant, properties);
      run.hide = (text) => tenant.hidden(text);
      try {
        return await work();
      } catch (error) {
        throw tenant.hiddenError(error);
      }
    },

    shown: (failures) => failures.map((failure) => ({ ...failure, reason: run.hide(visible(failure.reason)) })),
  };
}
