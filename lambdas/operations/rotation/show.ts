import type { rotationShow } from '../../../domain/operations/rotation-show.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { findCampaign, viewCampaign } from './change-campaign.ts';

/** Shows how a line's rotation goes. */
export const createShowRotation =
  (resources: OperationResources): Performer<typeof rotationShow> =>
  async ({ line }, call) => ({ rotation: await viewCampaign(resources, await findCampaign(resources, line, call), call) });
