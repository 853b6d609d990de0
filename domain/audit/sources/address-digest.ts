import { createHmac } from 'node:crypto';
import { DAY_MS } from '../../duration.ts';

/** How long after its event an address is kept. */
export const ADDRESS_KEPT_MS = 90 * DAY_MS;

/** What stands in an event for an address: HMAC-SHA-256 under a random salt of that event's own, in lower-case hexadecimal digits. */
export const addressDigestOf = (salt: Uint8Array, address: string): string =>
  createHmac('sha256', salt).update(address, 'utf8').digest('hex');

/** An address, with what its digest was made with. */
export interface KeptAddress {
  readonly address: string;
  readonly salt: Uint8Array;
  /** When it is to be forgotten, in milliseconds since the epoch; it may be there for some days more. */
  readonly until: number;
}

/** Where an event came from. */
export interface AddressEntry {
  readonly eventId: string;
  /** The event's, in milliseconds since the epoch. */
  readonly at: number;
  readonly address: string;
}

/** Where connections came from, for ninety days, outside of what is sealed. */
export interface AddressBook {
  /** Keeps addresses and answers their digests by event, which are the same whenever the same event is told again. All are kept, or it rejects. */
  keep(entries: readonly AddressEntry[]): Promise<ReadonlyMap<string, string>>;
  /** The address of an event; `undefined` where none is kept. */
  read(eventId: string): Promise<KeptAddress | undefined>;
}
