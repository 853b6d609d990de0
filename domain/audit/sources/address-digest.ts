import { createHmac } from 'node:crypto';

/** What stands in an event for an address: HMAC-SHA-256 under a random salt of that event's own, in lower-case hexadecimal digits. */
export const addressDigestOf = (salt: Uint8Array, address: string): string =>
  createHmac('sha256', salt).update(address, 'utf8').digest('hex');

/** Where connections came from, for ninety days, outside of what is sealed. */
export interface AddressBook {
  /** Keeps the address of an event and answers its digest, which is the same whenever the same event is told again. */
  keep(entry: { readonly eventId: string; readonly at: number; readonly address: string }): Promise<string>;
}
