import { type Campaign, type Wave, newCampaign } from '../../domain/rotation/campaign.ts';
import { halted } from '../../domain/rotation/campaign-changes.ts';
import { type Folded, foldCampaign } from '../../domain/rotation/fold-campaign.ts';
import type { LineRotations } from '../../domain/rotation/rotation-settings.ts';
import { PLANNER, type Planner } from './planner.ts';
import { tell, writeCampaign } from './write-campaign.ts';

type LineRotation = LineRotations[number];

/**
 * The campaign of a line, with what its jobs say by now. Jobs whose time is over are cancelled, and all of them where it halts: before
 * that is written, so that whoever finds it not done finds them again. `undefined` where somebody else wrote first.
 */
export const followWaves = async (planner: Planner, { line, settings }: LineRotation): Promise<Campaign | undefined> => {
  const found = await tell(planner, (await planner.campaigns.read(line)) ?? newCampaign(line));
  const folded = await lookAndFold(planner, found, settings);
  if (!folded.isBad) return kept(planner, found, folded.campaign);
  const at = planner.clock.now();
  const written = await writeCampaign(planner, halted(folded.campaign, { id: `halted-${line}-v${found.version}`, at, actor: PLANNER }));
  if (written === undefined) return undefined;
  const { campaign } = await lookAndFold(planner, written, settings);
  return kept(planner, written, campaign);
};

const lookAndFold = async (planner: Planner, campaign: Campaign, settings: LineRotation['settings']): Promise<Folded> => {
  const at = planner.clock.now();
  const reports = [];
  for (const { id } of campaign.waves.filter(isLookedAt(at))) reports.push(await planner.jobs.report(id));
  const folded = foldCampaign(campaign, reports, { settings, at });
  for (const job of folded.toCancel) await planner.jobs.cancel(job);
  return folded;
};

const isLookedAt =
  (at: number) =>
  ({ lookAt, until }: Wave): boolean =>
    at >= lookAt || at >= until;

// Nothing is written where no job was asked.
const kept = async ({ campaigns }: Planner, before: Campaign, campaign: Campaign): Promise<Campaign | undefined> => {
  if (JSON.stringify(campaign) === JSON.stringify(before)) return campaign;
  const next = { ...campaign, version: before.version + 1 };
  return (await campaigns.write(next)) === 'conflict' ? undefined : next;
};
