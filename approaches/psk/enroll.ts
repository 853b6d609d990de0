import type { Enroller } from '../../domain/enroller.ts';
import { describePskRequirement, PSK_REQUIREMENT } from './evidence/requirement.ts';

/** Devices with a key that derives from their names: a row says nothing more of them, and nothing of the key is recorded. */
export const enrollPsk: Enroller = {
  fields: [],
  requirementOf: () => Promise.resolve(PSK_REQUIREMENT),
  describe: describePskRequirement,
};
