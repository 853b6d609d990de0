import { holdsCertificates } from '../../../domain/changes/quarantine.ts';
import type { SettlingResources, SettlingStep } from './settle-device.ts';

/**
 * Where quarantine holds the certificates of a device, it takes them out of use, and the end of it puts them back; what waits to be
 * retired is not put back. So it is too on a line whose devices may connect without a client id: nobody knows under which one a
 * connection is open, and by its certificate it can be ended.
 */
export const settleHeldCertificates: SettlingStep<SettlingResources> = async ({ certificateStates, configuration }, enrollment) => {
  const { line, state, certificates, toRetire } = enrollment;
  const isAnonymous = configuration.lines.find(({ name }) => name === line)?.clientIds.assigned === true;
  if (!isAnonymous && !holdsCertificates(enrollment)) return;
  for (const { id } of certificates) {
    if (state === 'quarantined') await certificateStates.deactivate(id);
    else if (!toRetire.includes(id)) await certificateStates.reactivate(id);
  }
};
