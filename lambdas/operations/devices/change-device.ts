import type { Change, ChangeStamp } from '../../../domain/changes/change.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { DeviceChange } from '../../../domain/operations/device-change.ts';
import type { OperationCall } from '../operation-call.ts';
import type { DeviceResources } from './device-resources.ts';
import { type DeviceName, findDevice } from './find-device.ts';
import { type SettlingStep, settleDevice } from './settle-device.ts';
import { viewDevice } from './view-device.ts';

export interface DeviceChangeWishes {
  /** The operation, e.g. `devices.quarantine`. */
  readonly operation: string;
  readonly device: DeviceName;
  readonly call: OperationCall;
  /** Why, in the operator's own words. */
  readonly note?: string;
  readonly decide: (enrollment: Enrollment, stamp: ChangeStamp) => Change;
  /** What follows at AWS IoT, in this order; each may be repeated. */
  readonly steps: readonly SettlingStep[];
  /** Where one of them takes out of use what is listed to be retired. */
  readonly isRetiring?: true;
}

const MAX_ATTEMPTS = 4;

/**
 * Changes a device: the table first, which the hook obeys at once, then AWS IoT. Power may fail between any two: the same
 * change again finds the table as it should be, and does what is left.
 * @throws OperationError
 */
export const changeDevice = async (resources: DeviceResources, wishes: DeviceChangeWishes): Promise<DeviceChange> => {
  const { call } = wishes;
  const { outcome, enrollment } = await writeChange(resources, wishes);
  const settled = call.isDryRun ? enrollment : await settleDevice(resources, enrollment, wishes);
  return { outcome, device: await viewDevice(resources, settled, call.scope) };
};

const writeChange = async (
  resources: DeviceResources,
  { device, call, decide, ...about }: DeviceChangeWishes,
): Promise<{ readonly outcome: DeviceChange['outcome']; readonly enrollment: Enrollment }> => {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const found = await findDevice(resources, device, call.scope);
    const change = decide(found, stampOf(call, about));
    if (change.outcome === 'impossible') throw new OperationError('ERR_CONFLICT', change.why);
    if (change.outcome === 'unchanged') return { outcome: 'unchanged', enrollment: found };
    if (call.isDryRun) return change;
    if ((await resources.store.replace(change.enrollment)) === 'conflict') continue;
    resources.audit.emit(change.enrollment.lastEvent);
    return change;
  }
  throw new OperationError('ERR_BUSY', 'Others kept changing this device at the same moment; the same request again is safe.');
};

/** How a change of this call is put on record. */
export const stampOf = (
  { eventId, at, actor, scope, proposedBy }: OperationCall,
  { operation, note }: Pick<DeviceChangeWishes, 'operation' | 'note'>,
): ChangeStamp & { readonly note?: string } => ({
  ...{ id: eventId, at, actor, operation, scope: scope.name },
  ...(proposedBy === undefined ? {} : { proposedBy }),
  ...(note === undefined ? {} : { note }),
});
