import type { SettlingStep } from './settle-device.ts';

/** No certificate of the list opens a connection any more, before the first of them is revoked. */
export const deactivateRetired: SettlingStep = async ({ certificateStates }, { toRetire }) => {
  for (const certificate of toRetire) await certificateStates.deactivate(certificate);
};
