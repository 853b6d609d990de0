import { HOUR_MS } from '../../domain/duration.ts';
import type { LineName } from '../../domain/identifiers.ts';
import { fleetMetrics } from '../../domain/monitoring/fleet-gauge.ts';
import { underWay } from '../../domain/rotation/campaign.ts';
import type { Planner } from './planner.ts';

/** Tells how many devices of a line rotate, and for how long the one that is due longest has waited: what was just asked is no more on the list. */
export const tellProgress = async ({ campaigns, due, gauge, clock }: Planner, line: LineName): Promise<void> => {
  const at = clock.now();
  const campaign = await campaigns.read(line);
  const { rows } = await due.list({ line, until: at }, 1);
  const longest = rows[0]?.rotateAt ?? at;
  gauge.tell(line, {
    [fleetMetrics.rotationsRunning]: [campaign === undefined ? 0 : underWay(campaign)],
    [fleetMetrics.rotationOverdue]: [Math.floor((at - longest) / HOUR_MS)],
  });
};
