import { OperationError } from '../../../domain/operation-error.ts';
import type { rotationStart } from '../../../domain/operations/rotation-start.ts';
import { demanded } from '../../../domain/rotation/campaign-changes.ts';
import { stampOf } from '../devices/change-device.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { changeCampaign } from './change-campaign.ts';

/** Demands that every credential of a line be replaced that is in use now. */
export const createStartRotation =
  (resources: OperationResources): Performer<typeof rotationStart> =>
  ({ line }, call) =>
    changeCampaign(resources, {
      ...{ line, call },
      decide: (campaign) => {
        if (campaign.phase === 'halted')
          throw new OperationError(
            'ERR_CONFLICT',
            `The rotation of line "${line}" is halted: find out why, then muster rotation resume ${line}`,
          );
        return demanded(campaign, stampOf(call, { operation: 'rotation.start' }));
      },
    });
