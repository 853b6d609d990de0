import type { rotationHalt } from '../../../domain/operations/rotation-halt.ts';
import { halted } from '../../../domain/rotation/campaign-changes.ts';
import { stampOf } from '../devices/change-device.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { changeCampaign } from './change-campaign.ts';

/** Has nobody more of a line asked. */
export const createHaltRotation =
  (resources: OperationResources): Performer<typeof rotationHalt> =>
  ({ line, note }, call) =>
    changeCampaign(resources, {
      ...{ line, call },
      decide: (campaign) =>
        campaign.phase === 'halted' ? campaign : halted(campaign, stampOf(call, { operation: 'rotation.halt', note })),
    });
