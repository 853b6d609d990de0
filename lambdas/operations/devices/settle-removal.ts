import type { Enrollment } from '../../../domain/enrollment.ts';
import type { CertificateId } from '../../../domain/identifiers.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { DeviceResources } from './device-resources.ts';
import type { SettlingStep } from './settle-device.ts';

/** Takes every certificate out of use that the device must not have; each may be put back by nobody but who reads the table first. */
export const deactivateLeftovers: SettlingStep = async (resources, enrollment) => {
  for (const certificate of await leftoversOf(resources, enrollment)) await resources.certificateStates.deactivate(certificate);
};

/**
 * Deletes those certificates, and then the thing with its groups: unless the device came in again meanwhile and has a certificate
 * that counts. @throws OperationError `ERR_BUSY` while AWS IoT is still detaching; the same again finishes it.
 */
export const removeLeftovers: SettlingStep = async (resources, enrollment) => {
  const { deviceRemoval } = resources;
  const { thingName, certificates, toRetire } = enrollment;
  for (const certificate of await leftoversOf(resources, enrollment))
    if ((await deviceRemoval.removeCertificate(certificate, thingName)) === 'detaching') throw stillDetaching();
  if (certificates.some(({ id }) => !toRetire.includes(id))) return;
  if ((await deviceRemoval.removeThing(thingName)) === 'detaching') throw stillDetaching();
};

// What is attached to the thing counts, too: a certificate that was revoked earlier is on no list any more. The record is read after
// it: what a device is given between stands on it first, and is no leftover.
const leftoversOf = async ({ deviceRemoval, store }: DeviceResources, { thingName, toRetire }: Enrollment) => {
  const attached = await deviceRemoval.certificatesOf(thingName);
  const [current] = await store.readMany([thingName]);
  const counting = new Set<CertificateId>((current?.certificates ?? []).map(({ id }) => id));
  for (const id of current?.toRetire ?? []) counting.delete(id);
  return [...new Set([...toRetire, ...attached])].filter((id) => !counting.has(id));
};

const stillDetaching = (): OperationError =>
  new OperationError('ERR_BUSY', 'It is on record and cut off; AWS IoT is still detaching what it had. Repeat the command to finish.');
