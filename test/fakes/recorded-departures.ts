import type { ThingGroups } from '../../domain/device-ports.ts';
import type { ThingName } from '../../domain/identifiers.ts';

/** Has no groups but remembers which things were taken out of which; `fails` makes it refuse until it is set back. */
export const recordedDepartures = () => {
  const departures: { readonly thing: ThingName; readonly group: string }[] = [];
  const state = { fails: false };
  const groups: Pick<ThingGroups, 'remove'> = {
    remove: async (thing, group) => {
      await Promise.resolve();
      if (state.fails) throw new Error('AWS IoT is not in the mood');
      departures.push({ thing, group });
    },
  };
  return { groups, departures, state };
};
