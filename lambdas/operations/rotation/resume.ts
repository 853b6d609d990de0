import type { rotationResume } from '../../../domain/operations/rotation-resume.ts';
import { resumed } from '../../../domain/rotation/campaign-changes.ts';
import { stampOf } from '../devices/change-device.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { changeCampaign } from './change-campaign.ts';

/** Lets what was halted begin anew. */
export const createResumeRotation =
  (resources: OperationResources): Performer<typeof rotationResume> =>
  ({ line, note }, call) =>
    changeCampaign(resources, {
      ...{ line, call },
      decide: (campaign) =>
        campaign.phase !== 'halted' ? campaign : resumed(campaign, stampOf(call, { operation: 'rotation.resume', note })),
    });
