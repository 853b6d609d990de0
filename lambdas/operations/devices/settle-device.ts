import { retirementEvent, withoutRetired } from '../../../domain/activation.ts';
import { clientIdLinesOf, clientIdsInUse } from '../../../domain/client-id.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import type { OperationCall } from '../operation-call.ts';
import type { DeviceResources } from './device-resources.ts';

/** Makes something at AWS IoT be as the table says; succeeds when it is already so. */
export type SettlingStep<Needed = DeviceResources> = (resources: Needed, enrollment: Enrollment) => Promise<void>;

/** What it takes to make a device's quarantine, or the end of it, hold at AWS IoT. */
export type SettlingResources = Pick<
  DeviceResources,
  'prefix' | 'configuration' | 'thingGroups' | 'certificateStates' | 'connectionEnding'
>;

/** In the quarantine group exactly while it is quarantined. */
export const settleQuarantine: SettlingStep<SettlingResources> = async ({ thingGroups, prefix }, { state, thingName }) => {
  const { quarantineGroup } = resourceNames(prefix);
  await (state === 'quarantined' ? thingGroups.add(thingName, quarantineGroup) : thingGroups.remove(thingName, quarantineGroup));
};

/** Out of the probation group once its probation is over. */
export const settleProbation: SettlingStep = async ({ thingGroups, prefix }, { onProbation, thingName }) => {
  if (onProbation !== true) await thingGroups.remove(thingName, resourceNames(prefix).probationGroup);
};

/** Revoked, not deleted: a certificate that AWS IoT still knows as revoked cannot be registered there again. */
export const settleCertificates: SettlingStep = async ({ certificateStates }, { toRetire }) => {
  for (const certificate of toRetire) await certificateStates.revoke(certificate);
};

/** Whoever is connected as the device now must connect again, and is then judged anew. */
export const endConnection: SettlingStep<SettlingResources> = async ({ connectionEnding, configuration }, enrollment) => {
  for (const clientId of clientIdsInUse(clientIdLinesOf(configuration), enrollment)) await connectionEnding.end(clientId);
};

/** The same, where certificates are taken out of use. */
export const endRetiredConnection: SettlingStep = async (resources, enrollment) => {
  if (enrollment.toRetire.length > 0) await endConnection(resources, enrollment);
};

export interface Settling {
  readonly operation: string;
  readonly call: OperationCall;
  readonly steps: readonly SettlingStep[];
  /** Where one of its own steps takes out of use what is listed to be retired. */
  readonly isRetiring?: true;
}

const MAX_ATTEMPTS = 4;

/**
 * Goes through the steps until the table has not changed meanwhile, so that of two operators who act at the same moment
 * the later one holds at AWS IoT, too. The list of certificates to retire is emptied last: whoever repeats this finds it.
 * @throws OperationError
 */
export const settleDevice = async (resources: DeviceResources, changed: Enrollment, settling: Settling): Promise<Enrollment> => {
  let current = changed;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    for (const step of settling.steps) await step(resources, current);
    const [found = current] = await resources.store.readMany([current.thingName]);
    if (found.version === current.version) {
      const settled = await strikeOff(resources, current, settling);
      if (settled !== undefined) return settled;
    }
    current = found;
  }
  throw new OperationError('ERR_BUSY', 'It is on record, but others kept changing this device: repeat the command to finish at AWS IoT.');
};

// Undefined when another writer came between.
const strikeOff = async (
  { store, audit }: DeviceResources,
  enrollment: Enrollment,
  { steps, call, operation, isRetiring }: Settling,
): Promise<Enrollment | undefined> => {
  if (isRetiring !== true && !steps.includes(settleCertificates)) return enrollment;
  let current = enrollment;
  for (const certificate of enrollment.toRetire) {
    // As whoever else retires it would record it: a certificate is retired once in its life.
    const retired = retirementEvent(current, certificate, { id: `retired-${certificate}`, at: call.at });
    const event = { ...retired, actor: call.actor, operation, scope: call.scope.name };
    const next = withoutRetired(current, certificate, event);
    if ((await store.replace(next)) === 'conflict') return undefined;
    audit.emit(event);
    current = next;
  }
  return current;
};
