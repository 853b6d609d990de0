import type { SettlingStep } from './settle-device.ts';

/**
 * On a line whose devices may connect without a client id nobody knows under which one a connection is open, so that it cannot be
 * ended by it: quarantine takes the certificates out of use, which ends every connection by them, and the end of it puts them back.
 * What waits to be retired is not put back.
 */
export const settleAnonymous: SettlingStep = async ({ certificateStates, configuration }, { line, state, certificates, toRetire }) => {
  if (configuration.lines.find(({ name }) => name === line)?.clientIds.assigned !== true) return;
  for (const { id } of certificates) {
    if (state === 'quarantined') await certificateStates.deactivate(id);
    else if (!toRetire.includes(id)) await certificateStates.reactivate(id);
  }
};
