import type { Clock } from "../../provider/api/clock";
import { alone } from "../../provider/api/tally";
import { connect } from "../../provider/connect";
import type { Lifecycle } from "../../provider/core/lifecycle";
import { Run } from "../../provider/core/run";
import { settingsFrom } from "../../provider/settings";
import type { Sandbox } from "../../sandbox/index";
import { lifecyclesOn, type TypeName } from "../support/managed";
import { settingsOf } from "../support/settings";

/** A provider process: it knows nothing of the earlier ones. */
export type Provider = (type: TypeName) => Lifecycle;

/** Pauses take no time. */
function hurriedClock(): Clock {
  let skipped = 0;
  return {
    now: () => performance.now() + skipped,
    sleep: async (milliseconds) => {
      skipped += milliseconds;
    },
    random: () => 0.5,
  };
}

export function providerOn(
  sandbox: Sandbox,
  childOrganization: string | undefined,
  say: (text: string) => void,
): Provider {
  const inside = childOrganization === undefined ? {} : { ASGARDEO_CHILD_ORGANIZATION: childOrganization };
  const api = connect(
    settingsFrom(() => undefined, { ...settingsOf(sandbox), ...inside }),
    { clock: hurriedClock(), tally: alone },
  );
  return lifecyclesOn({ api: () => api, run: new Run(say, 100), isReadOnly: () => false });
}
