import { unchanged } from '../../../domain/changes/change.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { devicesRotate } from '../../../domain/operations/devices-rotate.ts';
import { newCampaign } from '../../../domain/rotation/campaign.ts';
import { withWaves } from '../../../domain/rotation/campaign-changes.ts';
import type { LineRotations } from '../../../domain/rotation/rotation-settings.ts';
import type { RotationId } from '../../../domain/rotation/rotation.ts';
import { startRotation } from '../../../domain/rotation/start-rotation.ts';
import type { OperationCall, Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { lineRotation } from '../rotation/line-rotation.ts';
import { changeDevice } from './change-device.ts';
import { nextCredentialIn } from '../../rotation-planner/next-credential.ts';
import { findDevice } from './find-device.ts';
import type { SettlingStep } from './settle-device.ts';
import { HOUR_MS } from '../../../domain/duration.ts';

/** All are followed one by one: for many there is `rotation.start`. */
const MAX_BY_HAND = 500;
const MAX_ATTEMPTS = 4;
const NOTHING_NEXT =
  'There is nothing that this device could be given: its key has no newer version, its issuer renews its tokens, or it is on probation.';

/** Asks one device for another credential. Where its rotation is under way and has no job yet, it makes that. */
export const createRotate =
  (resources: OperationResources): Performer<typeof devicesRotate> =>
  async (device, call) => {
    const found = await findDevice(resources, device, call.scope);
    const { line, state } = found;
    const rotation = lineRotation(resources, line);
    if (!nextCredentialIn(resources.configuration)(found)) throw new OperationError('ERR_CONFLICT', NOTHING_NEXT);
    const id = resources.rotation.newId();
    if (state === 'active' && !call.isDryRun) await follow(resources, { id, rotation, call });
    const until = call.at + rotation.settings.patienceHours * HOUR_MS;
    return changeDevice(resources, {
      ...{ operation: 'devices.rotate', device, call },
      decide: (enrollment, stamp) => (enrollment.state === 'rotating' ? unchanged : startRotation(enrollment, stamp, { id, until })),
      steps: [createJob(resources)],
    });
  };

// Before anything is asked: the planner follows its job, and ends it with its time.
const follow = async (
  { rotation: { campaigns } }: OperationResources,
  { id, rotation: { line, settings }, call: { at } }: FollowedRotation,
): Promise<void> => {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const campaign = (await campaigns.read(line)) ?? newCampaign(line);
    if (campaign.waves.filter(({ isByHand }) => isByHand === true).length >= MAX_BY_HAND)
      throw new OperationError('ERR_CONFLICT', `So many devices are rotating one by one; to rotate all: muster rotation start ${line}`);
    const orders = [{ id, size: 1, perMinute: 1, isByHand: true as const }];
    const next = withWaves(campaign, orders, { askAgainAt: campaign.askAgainAt, at, settings });
    if ((await campaigns.write(next)) === 'written') return;
  }
  throw new OperationError('ERR_BUSY', 'The planner kept writing at the same moment; the same request again is safe.');
};

interface FollowedRotation {
  readonly id: RotationId;
  readonly rotation: LineRotations[number];
  readonly call: OperationCall;
}

const createJob =
  ({ rotation: { jobs } }: OperationResources): SettlingStep =>
  async (_, { rotation, thingName }) => {
    if (rotation !== undefined) await jobs.create({ id: rotation.id, things: [thingName], perMinute: 1, until: rotation.until });
  };
