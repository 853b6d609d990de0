import { allocate } from '../../domain/admission/allocation.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { LineSettings } from '../../domain/line-settings.ts';
import { placementOf } from '../../domain/admission/placement.ts';
import type { DevicePlacing } from '../../domain/registry-ports.ts';

export interface DevicePlacer {
  readonly prefix: string;
  readonly topicPrefix: string;
  readonly placing: Pick<DevicePlacing, 'register'>;
  readonly lineSettings: readonly LineSettings[];
}

/**
 * Gives a device that was let in by an authorizer its thing and its groups, as its line's template would. It is done before the
 * device is active on record, so that whoever finds it not done finds the sighting undecided, too.
 */
export const placeProven = async (placer: DevicePlacer, enrollment: Enrollment): Promise<void> => {
  const allocation = placer.lineSettings.find(({ name }) => name === enrollment.line)?.allocation ?? [];
  await placer.placing.register(placementOf(placer, enrollment, allocate(allocation, enrollment.attributes)));
};
