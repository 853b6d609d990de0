import type { Campaign } from '../../domain/rotation/campaign.ts';
import { told } from '../../domain/rotation/campaign-changes.ts';
import type { Planner } from './planner.ts';

/**
 * Writes a campaign, and puts on record what it has to tell. Whoever is interrupted between leaves that with the campaign, and the
 * next run tells it under the same id. Answers what stands then, or `undefined` where somebody else wrote first.
 */
export const writeCampaign = async (planner: Pick<Planner, 'campaigns' | 'audit'>, campaign: Campaign): Promise<Campaign | undefined> => {
  if ((await planner.campaigns.write(campaign)) === 'conflict') return undefined;
  return tell(planner, campaign);
};

/** Puts on record what a campaign has to tell. */
export const tell = async ({ campaigns, audit }: Pick<Planner, 'campaigns' | 'audit'>, campaign: Campaign): Promise<Campaign> => {
  if (campaign.untold === undefined) return campaign;
  audit.emit(campaign.untold);
  const next = told(campaign);
  return (await campaigns.write(next)) === 'conflict' ? campaign : next;
};
