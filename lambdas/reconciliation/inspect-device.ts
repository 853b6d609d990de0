import type { Enrollment } from '../../domain/enrollment.ts';
import type { DeviceAtIot } from '../../domain/reconciliation/compare-enrollment.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import type { Reconciler } from './reconciler.ts';

/**
 * What AWS IoT has of a device: one request for the thing's certificates, one for each of these and of those on record, and one
 * for the group of a device in quarantine.
 */
export const inspectDevice = async (
  { registry, certificateStates, thingGroups, prefix }: Pick<Reconciler, 'registry' | 'certificateStates' | 'thingGroups' | 'prefix'>,
  { thingName, state, certificates: recorded }: Enrollment,
): Promise<DeviceAtIot> => {
  const attached = await registry.certificatesOf(thingName);
  const ids = new Set([...(attached ?? []), ...recorded.map(({ id }) => id)]);
  const certificates = [];
  for (const id of ids) {
    certificates.push({ id, status: await certificateStates.statusOf(id), isAttached: attached?.includes(id) === true });
  }
  const isAsked = state === 'quarantined' && attached !== undefined;
  const isInQuarantine = isAsked && (await thingGroups.isIn(thingName, resourceNames(prefix).quarantineGroup));
  return { isThere: attached !== undefined, isInQuarantine, certificates };
};
