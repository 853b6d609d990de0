import { type Campaign, newCampaign, underWay } from '../../../domain/rotation/campaign.ts';
import { foldCampaign } from '../../../domain/rotation/fold-campaign.ts';
import type { LineName } from '../../../domain/identifiers.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { RotationChange, RotationView } from '../../../domain/operations/rotation-view.ts';
import { writeCampaign } from '../../rotation-planner/write-campaign.ts';
import type { OperationCall } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { demandReach } from '../reach.ts';
import { lineRotation } from './line-rotation.ts';

type Resources = Pick<OperationResources, 'configuration' | 'rotation' | 'audit'>;

export interface CampaignWishes {
  readonly line: LineName;
  readonly call: OperationCall;
  /** The campaign as it is to be; the same where it is so already. @throws OperationError */
  readonly decide: (campaign: Campaign) => Campaign;
}

const MAX_ATTEMPTS = 4;

/** Changes how a line's rotation goes; the planner's next run obeys. @throws OperationError */
export const changeCampaign = async (resources: Resources, { line, call, decide }: CampaignWishes): Promise<RotationChange> => {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const found = await findCampaign(resources, line, call);
    const next = decide(found);
    if (next === found) return { outcome: 'unchanged', rotation: await viewCampaign(resources, found, call) };
    const written = call.isDryRun ? next : await writeCampaign({ campaigns: resources.rotation.campaigns, audit: resources.audit }, next);
    if (written !== undefined) return { outcome: 'changed', rotation: await viewCampaign(resources, written, call) };
  }
  throw new OperationError('ERR_BUSY', 'The planner kept writing at the same moment; the same request again is safe.');
};

/** @throws OperationError where the line is beyond the scope, or does not rotate. */
export const findCampaign = async (resources: Resources, line: LineName, { scope }: OperationCall): Promise<Campaign> => {
  demandReach(scope, { line });
  lineRotation(resources, line);
  return (await resources.rotation.campaigns.read(line)) ?? newCampaign(line);
};

/** A campaign as a scope is shown it. */
export const viewCampaign = async (resources: Resources, campaign: Campaign, { at }: OperationCall): Promise<RotationView> => {
  const { line, phase, demand } = campaign;
  const { succeeded, failed, waves } = await asOfNow(resources, campaign, at);
  return {
    ...{ line, phase, succeeded, failed, underWay: underWay({ waves }) },
    due: await resources.rotation.due.count({ line, until: at }),
    ...(demand === undefined ? {} : { demandedBefore: demand.before }),
  };
};

/** Each costs a request; a line has more only while thousands of its devices rotate, and then the planner's last look will do. */
const MAX_LOOKS = 25;

// The planner looks at a job after minutes, and later each time: whoever asks meanwhile is told what the job says now. What follows
// on it is for the planner to decide and to write.
const asOfNow = async (resources: Resources, campaign: Campaign, at: number): Promise<Campaign> => {
  const open = campaign.waves.filter(({ size, ended }) => ended < size).slice(-MAX_LOOKS);
  const reports = await Promise.all(open.map(({ id }) => resources.rotation.jobs.report(id)));
  const { settings } = lineRotation(resources, campaign.line);
  return foldCampaign(campaign, reports, { settings, at }).campaign;
};
