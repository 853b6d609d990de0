import { ADDRESS_KEPT_MS, addressDigestOf } from '../../domain/audit/sources/address-digest.ts';
import { MINUTE_MS } from '../../domain/duration.ts';
import type { OutputOf } from '../../domain/operation.ts';
import { OperationError } from '../../domain/operation-error.ts';
import { auditAddress } from '../../domain/operations/audit-address.ts';
import type { TailedEvent } from '../../domain/operations/audit-entries.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { findEvents } from './find-events.ts';
import { patiently } from '../patiently.ts';

/** An address that is kept, and whether the event carries the digest of it; `unknown` where the log has no such event. */
export interface FoundAddress extends OutputOf<typeof auditAddress> {
  readonly outcome: 'address';
  readonly isOfEvent: boolean | 'unknown';
}

/**
 * What is known of where an event came from, else why nothing is:
 * - `no-event`: the log has no such event
 * - `no-address`: it carries none
 * - `forgotten`: it was kept for ninety days, which are over
 * - `missing`: they are not over, and it is not there
 */
export type AddressFinding = FoundAddress | { readonly outcome: 'no-event' | 'no-address' } | Gone;

interface Gone {
  readonly outcome: 'forgotten' | 'missing';
  /** Until when it was to be kept, in milliseconds since the epoch. */
  readonly until: number;
}

/** Asks for the address of an event, and the log for the digest that the event carries. */
export const findAddress = async (client: OperationsClient, eventId: string, now: number): Promise<AddressFinding> => {
  const kept = await keptAddress(client, eventId);
  if (kept === undefined) return whyNone(await findEvent(client, eventId, 0), now);
  // An event is logged once it has happened, by clocks that are not quite the same.
  const event = await findEvent(client, eventId, kept.until - ADDRESS_KEPT_MS - MINUTE_MS);
  const digest = addressDigestOf(Buffer.from(kept.salt, 'hex'), kept.address);
  return { outcome: 'address', ...kept, isOfEvent: event === undefined ? 'unknown' : event['addressDigest'] === digest };
};

const keptAddress = async (client: OperationsClient, eventId: string): Promise<OutputOf<typeof auditAddress> | undefined> => {
  try {
    return await patiently(() => client.call(auditAddress, { eventId }));
  } catch (error) {
    if (error instanceof OperationError && error.code === 'ERR_NOT_FOUND') return undefined;
    throw error;
  }
};

const findEvent = async (client: OperationsClient, id: string, since: number): Promise<TailedEvent | undefined> => {
  for await (const event of findEvents(client, { wanted: { since, id }, onUnreadable: () => undefined })) return event;
  return undefined;
};

const whyNone = (event: TailedEvent | undefined, now: number): AddressFinding => {
  if (event === undefined) return { outcome: 'no-event' };
  if (event['addressDigest'] === undefined) return { outcome: 'no-address' };
  const until = event.at + ADDRESS_KEPT_MS;
  return { outcome: until <= now ? 'forgotten' : 'missing', until };
};
