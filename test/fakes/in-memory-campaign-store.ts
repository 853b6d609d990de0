import type { LineName } from '../../domain/identifiers.ts';
import type { Campaign } from '../../domain/rotation/campaign.ts';
import type { CampaignStore } from '../../domain/rotation/planning-ports.ts';

/** Campaigns in a map, with the condition of the real store. */
export const inMemoryCampaignStore = (): CampaignStore => {
  const campaigns = new Map<LineName, Campaign>();
  return {
    read: (line) => Promise.resolve(campaigns.get(line)),
    write(next) {
      if ((campaigns.get(next.line)?.version ?? 0) !== next.version - 1) return Promise.resolve('conflict');
      campaigns.set(next.line, next);
      return Promise.resolve('written');
    },
  };
};
