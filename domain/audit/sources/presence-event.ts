import * as z from 'zod/mini';
import { type FleetReading, isClaimConnection, partyOf } from './fleet-parties.ts';
import { type ToldEvent, addressIn, ofAws, toldId } from './told-event.ts';

/** A lifecycle event as the rule selects it (DG:life-cycle-events). */
export const lifecycleEvent = z.object({
  eventType: z.enum(['connected', 'disconnected']),
  clientId: z.string().check(z.maxLength(128)),
  thingName: z.optional(z.string()),
  principalIdentifier: z.optional(z.string()),
  sessionIdentifier: z.optional(z.string()),
  versionNumber: z.optional(z.number()),
  timestamp: z.int().check(z.minimum(0)),
  ipAddress: z.optional(z.string()),
  disconnectReason: z.optional(z.string()),
});

export interface PresenceReading extends FleetReading {
  /** Whether the connections of devices are on record, too, and not only those under claims. */
  readonly isOfDevices: boolean;
}

/** A connection that was made, or that ended; undefined for who is nobody's of ours. AWS IoT may tell it twice, late and in any order. */
export const presenceEvent = (told: z.infer<typeof lifecycleEvent>, reading: PresenceReading): ToldEvent | undefined => {
  const { eventType, clientId, principalIdentifier: principal, sessionIdentifier, versionNumber, timestamp: at } = told;
  const party = partyOf(reading, { clientId, principal, thingName: told.thingName });
  if (party === undefined || !(reading.isOfDevices || isClaimConnection(party))) return undefined;
  return {
    event: {
      schemaVersion: 1,
      id: toldId('presence', eventType, clientId, sessionIdentifier ?? at, versionNumber),
      at,
      code: `presence.${eventType}`,
      actor: { kind: 'device' },
      ...party,
      ...ofAws('awsReason', told.disconnectReason),
    },
    ...addressIn(told.ipAddress),
  };
};
