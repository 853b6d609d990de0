import type { Suspicion } from './suspicion.ts';
import type { TakeOvers } from './take-overs.ts';

/** That two devices use one credential. */
export const cloneSuspicion = ({ thingName, principal }: Pick<TakeOvers, 'thingName' | 'principal'>): Suspicion => ({
  ...{ thingName, principal },
  ...{ code: 'device.clone-suspected', kind: 'clone', watch: 'clone-watch' },
  note: 'its connection goes back and forth between two addresses',
});
