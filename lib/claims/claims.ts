import { Construct } from 'constructs';
import { ClaimAlarms } from './alarms.ts';
import { ClaimConnections } from './connections.ts';
import { claimMetricFilters } from './metric-filters.ts';
import { ClaimSweep } from './sweep.ts';
import type { ClaimsProps } from './claims-props.ts';

/** What watches over claims: their connections are noted, their use is counted, and those that have had their time are closed. */
export class Claims extends Construct {
  constructor(scope: Construct, id: string, props: ClaimsProps) {
    super(scope, id);
    new ClaimConnections(this, 'Connections', props);
    new ClaimSweep(this, 'Sweep', props);
    claimMetricFilters(this, props);
    new ClaimAlarms(this, 'Alarms', props);
  }
}
